"""Words stay their author's: what repeats them word for word follows what becomes of them."""

import pytest

from consultation import actions
from consultation.lectures.coherence import incoherences
from consultation.models import Journal, Participant, Piste
from tests import fabriques as f

pytestmark = pytest.mark.django_db
DITS = "Un casier à mon nom, chez Bertille"


@pytest.fixture
def espace():
    return f.creer_espace()


@pytest.fixture
def proposition(espace):
    return f.creer_proposition(espace, DITS)


def semee(espace, proposition, **champs):
    return actions.regrouper(espace=espace, par=None, propositions=[proposition], **champs).piste


def test_a_piste_made_from_one_proposition_says_whose_words_it_holds(espace, proposition):
    autre = f.creer_proposition(espace)
    assert [piste.mots_de for piste in actions.semer_orphelines(espace=espace, par=None)] == [proposition, autre]


@pytest.mark.parametrize("texte", ["", DITS, "  UN CASIER, à mon nom chez bertille ! "])
def test_case_and_punctuation_do_not_make_words_someone_else_s(espace, proposition, texte):
    assert semee(espace, proposition, texte=texte).mots_de == proposition


def test_reworded_it_is_the_groups_own_and_worded_back_it_is_the_persons_again(espace, proposition):
    piste = semee(espace, proposition)
    piste = actions.formuler_piste(piste=piste, texte="Marquer les casiers", par=None)
    assert piste.mots_de is None
    assert actions.formuler_piste(piste=piste, texte=DITS, par=None).mots_de == proposition


def test_a_proposition_that_joins_a_piste_already_worded_as_it_is_becomes_its_source(espace, proposition):
    piste = f.creer_piste(espace, DITS, [f.creer_proposition(espace)])
    assert piste.mots_de is None
    semee(espace, proposition, dans=piste)
    piste.refresh_from_db()
    assert piste.mots_de == proposition


def test_what_is_hidden_in_the_words_is_hidden_in_the_piste_and_shown_again_with_them(espace, proposition):
    piste = semee(espace, proposition)
    debut = DITS.index("Bertille")
    actions.masquer_passages(proposition=proposition, passages=[[debut, len(DITS)]], par=None)
    piste.refresh_from_db()
    assert (piste.texte, piste.revision) == ("Un casier à mon nom, chez […]", 2)
    assert list(incoherences(espace.consultation)) == []
    actions.masquer_passages(proposition=proposition, passages=[], par=None)
    piste.refresh_from_db()
    assert piste.texte == DITS


def test_erased_words_leave_the_piste_its_number_and_its_votes(espace, proposition):
    piste = semee(espace, proposition)
    scrutin = f.creer_scrutin(espace, [piste])
    f.faire_voter(scrutin, "permanents", 2, {piste: 1})
    actions.effacer_participant(participant=proposition.auteur)
    piste.refresh_from_db()
    assert (piste.numero, piste.texte, piste.decomptes.get().votants) == (1, "(mots retirés par leur auteur)", 2)
    assert list(incoherences(espace.consultation)) == []


def test_the_check_says_when_a_piste_no_longer_says_the_words_it_refers_to(espace, proposition):
    piste = semee(espace, proposition)
    Piste.objects.filter(pk=piste.pk).update(texte="Autre chose")
    assert list(incoherences(espace.consultation)) == [
        f"piste {piste.pk} : elle ne dit plus les mots de la proposition {proposition.pk}"
    ]


def test_criteria_copied_into_a_synthesis_follow_their_authors(espace):
    critere = f.creer_proposition(espace, "Le respect de Bertille", nature="critere")
    autre = f.creer_proposition(espace, "La stabilité", nature="critere")
    synthese = actions.ouvrir_synthese(consultation=espace.consultation, titre="Synthèse", par=None)
    ligne = synthese.sections.get().lignes.get()
    assert ligne.criteres == "Le respect de Bertille\nLa stabilité"
    actions.masquer_passages(proposition=critere, passages=[[14, 22]], par=None)
    ligne.refresh_from_db()
    assert ligne.liste_criteres == ["Le respect de […]", "La stabilité"]
    actions.effacer_participant(participant=autre.auteur)
    ligne.refresh_from_db()
    assert ligne.liste_criteres == ["Le respect de […]"]


def test_the_journal_names_a_proposition_and_never_repeats_it(espace, proposition):
    piste = semee(espace, proposition)
    actions.formuler_piste(piste=piste, texte="Marquer les casiers", par=None)
    actions.formuler_piste(piste=piste, texte=DITS, par=None)
    critere = f.creer_proposition(espace, "Le respect de Bertille", nature="critere")
    ligne = (
        actions.ouvrir_synthese(consultation=espace.consultation, titre="S", par=None).sections.get().lignes.get()
    )
    actions.ecrire_ligne(ligne=ligne, criteres="Le respect", indicateurs="", pistes=[], par=None)
    actions.retirer_ligne(ligne=ligne, par=None)
    assert critere.texte not in str(list(Journal.objects.values_list("details", "motif")))
    assert "casier à mon nom" not in str(list(Journal.objects.values_list("details", "motif")))
    assert [
        e.details["apres"].get("mots_de") for e in Journal.objects.filter(verbe="formuler_piste").order_by("pk")
    ] == [
        None,
        proposition.pk,
    ]


@pytest.mark.parametrize("mode", ["gommettes", "adhesion"])
def test_nothing_leads_from_someone_erased_to_what_they_chose_and_the_tallies_agree(espace, mode):
    une, deux = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, deux], mode=mode)
    parti, *autres = f.creer_participants(espace.consultation, 3)
    for rang, personne in enumerate([parti, *autres], start=1):
        actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: rang, deux.pk: 0})
    if mode == "adhesion":
        actions.voter(scrutin=scrutin, participant=parti, choix={deux.pk: 4})
    actions.regrouper(espace=espace, par=None, pistes=[deux], dans=une)
    avant = list(scrutin.decomptes.order_by("pk").values_list("piste", "college", "valeur", "votants"))
    heures = {parti.pk, *scrutin.voix.values_list("modifie_le", flat=True)}
    actions.effacer_participant(participant=parti)
    assert list(scrutin.decomptes.order_by("pk").values_list("piste", "college", "valeur", "votants")) == avant
    assert list(incoherences(espace.consultation)) == []
    sans_nom = Participant.objects.get(efface_le__isnull=False)
    bulletin, voix = scrutin.bulletins.get(participant=sans_nom), list(scrutin.voix.filter(participant=sans_nom))
    cles = [sans_nom.pk, bulletin.pk, *(une.pk for une in voix)]
    assert all(cle < 0 for cle in cles)
    assert not heures & {bulletin.depose_le, *(une.modifie_le for une in voix)}
    assert (bulletin.ordres, bulletin.cle, {une.appareil for une in voix}) == ({}, "", {""})
    assert not scrutin.voix.filter(participant_id=parti.pk).exists()
