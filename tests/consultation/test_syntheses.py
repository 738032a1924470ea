import pytest

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import Journal, LigneSynthese
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


@pytest.fixture
def rapporteur(espace):
    return f.creer_rapporteur(espace)


def ouvrir(espace, par=None):
    return actions.ouvrir_synthese(consultation=espace.consultation, titre="Synthèse", par=par, espace=espace)


def refus(code, statut, acte, **appel):
    with pytest.raises(Refus) as erreur:
        acte(**appel)
    assert (erreur.value.code, erreur.value.statut) == (code, statut)


def test_the_draft_is_made_of_axes_themes_pistes_and_peoples_own_words(espace):
    consultation = espace.consultation
    axe = f.creer_axe(consultation=consultation, titre="Accueillir")
    theme = f.creer_axe(consultation=consultation, titre="Premier jour", parent=axe)
    f.creer_axe(consultation=consultation, titre="Un axe dont personne n’a parlé")
    une, deux, trois = f.creer_piste(espace, axe=axe), f.creer_piste(espace, axe=theme), f.creer_piste(espace)
    critere = f.creer_proposition(espace, "Chaque personne est attendue", nature="critere", axe=theme)
    f.creer_proposition(espace, "Un casier prêt à l’arrivée", nature="indicateur", axe=theme)
    synthese = ouvrir(espace)
    lues = [
        (li.section.titre, li.titre, li.criteres, li.indicateurs, list(li.pistes.all()))
        for li in LigneSynthese.objects.filter(section__synthese=synthese).order_by("section__ordre", "ordre")
    ]
    assert lues == [
        ("Accueillir", "", "", "", [une]),
        ("Accueillir", "Premier jour", "Chaque personne est attendue", "Un casier prêt à l’arrivée", [deux]),
        ("Autres pistes", "", "", "", [trois]),
    ]
    assert critere in LigneSynthese.objects.get(titre="Premier jour").propositions.all()


def test_when_the_group_has_kept_pistes_the_draft_holds_those_only(espace):
    une, _deux = f.creer_pistes(espace, 2)
    actions.retenir_piste(piste=une, par=None)
    assert list(ouvrir(espace).sections.get().lignes.get().pistes.all()) == [une]


def test_sentences_are_written_reworded_and_removed_by_the_rapporteur(espace, rapporteur):
    une, deux = f.creer_pistes(espace, 2)
    section = ouvrir(espace, rapporteur).sections.get()
    phrase = actions.ajouter_phrase(
        section=section, texte="  On apprend\x00 en faisant.  ", pistes=[une], par=rapporteur
    )
    assert (phrase.texte, list(phrase.pistes.all())) == ("On apprend en faisant.", [une])
    phrase = actions.modifier_phrase(phrase=phrase, texte="On apprend à deux.", pistes=[deux], par=rapporteur)
    assert (phrase.texte, list(phrase.pistes.all())) == ("On apprend à deux.", [deux])
    actions.retirer_phrase(phrase=phrase, par=rapporteur)
    assert list(section.phrases.all()) == []
    assert list(Journal.objects.values_list("verbe", flat=True)[:3]) == [
        "retirer_phrase",
        "modifier_phrase",
        "ajouter_phrase",
    ]


def test_a_sentence_taken_out_by_mistake_is_found_again_in_the_journal(espace):
    f.creer_piste(espace)
    phrase = actions.ajouter_phrase(section=ouvrir(espace).sections.get(), texte="À garder", pistes=[], par=None)
    actions.retirer_phrase(phrase=phrase, par=None)
    assert Journal.objects.first().details["retire"] == {"texte": "À garder"}


def test_two_people_on_the_same_words_are_told_and_nothing_is_overwritten(espace):
    f.creer_piste(espace)
    synthese = ouvrir(espace)
    section = synthese.sections.get()
    phrase = actions.ajouter_phrase(section=section, texte="Une", pistes=[], par=None)
    actions.modifier_phrase(phrase=phrase, texte="Deux", pistes=[], par=None, revision=1)
    refus("revision", 409, actions.modifier_phrase, phrase=phrase, texte="Trois", pistes=[], par=None, revision=1)
    actions.modifier_synthese(synthese=synthese, titre="A", chapeau="", revision=1, par=None)
    refus(
        "revision", 409, actions.modifier_synthese, synthese=synthese, titre="B", chapeau="", revision=1, par=None
    )
    ligne = section.lignes.get()
    ecrire = {"ligne": ligne, "indicateurs": "", "pistes": [], "par": None}
    actions.ecrire_ligne(criteres="Un", revision=1, **ecrire)
    refus("revision", 409, actions.ecrire_ligne, criteres="Autre", revision=1, **ecrire)
    ligne.refresh_from_db()
    phrase.refresh_from_db()
    synthese.refresh_from_db()
    assert (phrase.texte, synthese.titre, ligne.criteres) == ("Deux", "A", "Un")


def test_a_row_holds_one_entry_a_line(espace):
    piste = f.creer_piste(espace)
    section = ouvrir(espace).sections.get()
    ligne = actions.ajouter_ligne(
        section=section, criteres="Un\r\n\r\n Deux ", indicateurs="A", pistes=[piste], par=None
    )
    assert (ligne.liste_criteres, ligne.liste_indicateurs) == (["Un", "Deux"], ["A"])
    ligne = actions.ecrire_ligne(ligne=ligne, titre="Thème", criteres="", indicateurs="B", pistes=[], par=None)
    assert (ligne.titre, ligne.liste_criteres, ligne.liste_indicateurs) == ("Thème", [], ["B"])
    actions.retirer_ligne(ligne=ligne, par=None)
    assert section.lignes.count() == 1


def test_a_section_is_removed_only_when_empty(espace):
    f.creer_piste(espace)
    synthese = ouvrir(espace)
    section = synthese.sections.get()
    refus("section_pleine", 409, actions.retirer_section, section=section, par=None)
    neuve = actions.ajouter_section(synthese=synthese, titre="Et demain", par=None)
    actions.modifier_section(section=neuve, titre="Et après-demain", par=None)
    actions.retirer_section(section=neuve, par=None)
    assert list(synthese.sections.all()) == [section]


def test_from_draft_to_published(espace, rapporteur):
    editeur = f.creer_editeur(espace.consultation)
    f.creer_piste(espace)
    synthese = ouvrir(espace, rapporteur)
    section = synthese.sections.get()
    refus("pas_soumise", 409, actions.publier_synthese, synthese=synthese, par=editeur)
    actions.soumettre_synthese(synthese=synthese, par=rapporteur)
    refus("soumise", 409, actions.ajouter_phrase, section=section, texte="Trop tard", pistes=[], par=rapporteur)
    refus("interdit", 403, actions.publier_synthese, synthese=synthese, par=rapporteur)
    assert actions.rendre_synthese(synthese=synthese, par=editeur, motif="À préciser").etat == "brouillon"
    actions.soumettre_synthese(synthese=synthese, par=rapporteur)
    publiee = actions.publier_synthese(synthese=synthese, par=editeur)
    assert (publiee.etat, publiee.publiee_le is not None) == ("publiee", True)
    refus("pas_soumise", 409, actions.rendre_synthese, synthese=synthese, par=editeur)


def test_an_empty_synthesis_is_not_submitted(espace):
    refus("vide", 422, actions.soumettre_synthese, synthese=ouvrir(espace), par=None)


def test_a_stranger_writes_nothing_and_no_piste_comes_from_elsewhere(espace):
    intrus, ailleurs = f.creer_compte(), f.creer_piste(f.creer_espace())
    f.creer_piste(espace)
    synthese = ouvrir(espace)
    section = synthese.sections.get()
    refus("interdit", 403, actions.ouvrir_synthese, consultation=espace.consultation, titre="X", par=intrus)
    refus("interdit", 403, actions.ajouter_phrase, section=section, texte="X", pistes=[], par=intrus)
    refus("interdit", 403, actions.soumettre_synthese, synthese=synthese, par=intrus)
    refus("ailleurs", 422, actions.ajouter_phrase, section=section, texte="X", pistes=[ailleurs], par=None)
    autre = {"consultation": espace.consultation, "espace": ailleurs.espace, "titre": "X"}
    refus("ailleurs", 422, actions.ouvrir_synthese, par=None, **autre)
    assert list(section.phrases.all()) == []


@pytest.mark.parametrize(
    ("texte", "code"), [("", "texte_vide"), (" \n ", "texte_vide"), ("x" * 10_000, "texte_long")]
)
def test_sentences_that_cannot_be_kept_are_refused(espace, texte, code):
    f.creer_piste(espace)
    refus(
        code, 422, actions.ajouter_phrase, section=ouvrir(espace).sections.get(), texte=texte, pistes=[], par=None
    )


def test_the_trail_goes_both_ways(espace):
    proposition, soeur = f.creer_proposition(espace), f.creer_proposition(espace)
    petite = f.creer_piste(espace, propositions=[proposition])
    grande = f.creer_piste(espace, propositions=[soeur])
    geste = actions.regrouper(espace=espace, par=None, pistes=[petite], dans=grande, motif="La même idée")
    scrutin = f.creer_scrutin(espace, [grande])
    f.faire_voter(scrutin, "salaries", 6, {grande: 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    synthese = ouvrir(espace)
    section = synthese.sections.get()
    phrase = actions.ajouter_phrase(section=section, texte="On apprend à deux.", pistes=[petite], par=None)
    proposition.refresh_from_db()
    avant = lectures.devenir(proposition)
    assert (avant.phrases, avant.lignes, avant.syntheses, avant.en_redaction) == ([], [], [], 1)
    actions.soumettre_synthese(synthese=synthese, par=None)
    actions.publier_synthese(synthese=synthese, par=None)
    lu = lectures.devenir(proposition)
    assert (lu.piste, lu.soeurs, lu.phrases, lu.syntheses) == (grande, [soeur], [phrase], [synthese])
    assert lu.lignes == [section.lignes.get()]
    assert [(g, g.motif) for g in lu.regroupements][-1] == (geste, "La même idée")
    assert [(x.total, x.verdict.cle) for vote in lu.votes for x in vote.lignes] == [
        ("Presque tout le monde, sur 6", "retenue")
    ]
    [partie] = lectures.provenance(synthese).sections
    [passage] = partie.phrases
    assert (passage.objet, [c.piste for c in passage.pistes]) == (phrase, [grande])
    assert [c.propositions for c in passage.pistes] == [[proposition, soeur]]
    assert [x.forme for c in passage.pistes for _tableau, x in c.resultats] == ["presque_tous"]


def test_a_proposition_that_nobody_gathered_has_no_trail_yet(espace):
    proposition = f.creer_proposition(espace)
    lu = lectures.devenir(proposition)
    assert (lu.piste, lu.regroupements, lu.soeurs, lu.votes, lu.en_redaction) == (None, [], [], [], 0)


def test_coverage_counts_what_is_found_again_and_lists_the_orphans_by_college(espace):
    citee = f.creer_piste(espace, propositions=[f.creer_proposition(espace), f.creer_proposition(espace)])
    oubliee = f.creer_proposition(espace, signe="permanents")
    synthese = ouvrir(espace)
    lue = lectures.couverture(synthese)
    assert (lue.total, lue.couvertes, lue.pourcent) == (3, 2, 66)
    assert [(c.college.signe, c.total, c.couvertes, c.orphelines) for c in lue.colleges] == [
        ("permanents", 1, 0, 1),
        ("salaries", 2, 2, 0),
    ]
    assert lectures.orphelines(synthese, 5, {}) == {oubliee.college_id: [oubliee]}
    actions.regrouper(espace=espace, par=None, propositions=[oubliee], dans=citee)
    assert lectures.couverture(synthese).pourcent == 100


def test_coverage_of_nothing_said_is_no_figure(espace):
    lue = lectures.couverture(ouvrir(espace))
    assert (lue.total, lue.pourcent, lue.colleges) == (0, None, [])


@pytest.mark.parametrize("n", [1, 9])
def test_provenance_costs_the_same_whatever_its_length(espace, n, django_assert_num_queries):
    pistes = f.creer_pistes(espace, n)
    for _rang in range(1 + n // 5):
        scrutin = f.creer_scrutin(espace, pistes)
        f.faire_voter(scrutin, "salaries", 5, {pistes[0]: 1})
        actions.clore_scrutin(scrutin=scrutin, par=None)
    synthese = ouvrir(espace)
    for piste in pistes:
        actions.ajouter_phrase(section=synthese.sections.get(), texte="Une phrase.", pistes=[piste], par=None)
    with django_assert_num_queries(16):
        lue = lectures.provenance(synthese)
    assert len(lue.citees) == n
    with django_assert_num_queries(5):
        lectures.couverture(synthese)
    with django_assert_num_queries(16):
        lectures.devenir(espace.propositions.first())
