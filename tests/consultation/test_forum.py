"""A forum: its phases by the clock, its cards that serve once, its vote, what is told of who speaks from where."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.lectures.forum import PEU, taire_les_petites
from consultation.models import CodeDeCarte, Consultation, Phase
from tests import fabriques as f

from .fabriques_forum import creer_code, creer_forum, entrer, poser_phase, proposer

pytestmark = pytest.mark.django_db


def test_preparing_makes_the_place_to_speak_and_reading_before_showing_the_rule():
    forum = creer_forum()
    c = forum.consultation
    assert (c.nature, c.relecture, c.longueur_max) == ("forum", "toutes", 600)
    assert forum.espace.question == "Qu’est-ce qui vous aiderait à travailler ici ?"
    again = actions.preparer_forum(consultation=c, question="Et demain ?", par=None)
    assert (again.pk, f.registre(c)) == (forum.pk, ["preparer_forum", "preparer_forum"])
    forum.espace.refresh_from_db()
    assert forum.espace.question == "Et demain ?"


def test_a_card_lets_one_person_in_and_keeps_nothing_of_them():
    forum = creer_forum()
    code = creer_code(forum)
    personne = entrer(forum, code=code, cle="a1")
    assert (personne.origine, personne.prenom, personne.accord_publication) == ("carte", "", True)
    code.refresh_from_db()
    assert (code.servi, {champ.name for champ in CodeDeCarte._meta.fields}) == (
        True,
        {"id", "lot", "code", "servi"},
    )
    assert entrer(forum, code=code, cle="a1") == personne  # the same form, sent again
    with pytest.raises(Refus) as refus:
        entrer(forum, code=code, cle="b2")
    assert (refus.value.code, refus.value.statut) == ("code_servi", 409)
    assert forum.consultation.participants.count() == 1


def test_a_refused_entry_leaves_the_card_good():
    forum = creer_forum()
    code = creer_code(forum)
    with pytest.raises(Refus) as refus:
        entrer(forum, code=code, prenom="x" * 41)
    code.refresh_from_db()
    assert (refus.value.code, code.servi) == ("prenom_long", False)


@pytest.mark.parametrize("prenom", ["https://vendre.test", "www.vendre.test", "vendre.com"])
def test_a_link_in_a_name_is_refused(prenom):
    with pytest.raises(Refus) as refus:
        entrer(creer_forum(), prenom=prenom)
    assert (refus.value.code, refus.value.champ) == ("lien_dans_nom", "prenom")


def test_a_card_opens_its_forum_and_no_other():
    autre = creer_forum()
    with pytest.raises(Refus) as refus:
        entrer(creer_forum(), code=creer_code(autre))
    assert refus.value.code == "code_faux"


@pytest.mark.parametrize("etat", ["preparation", "close"])
def test_nobody_comes_in_before_it_is_published_nor_after_its_end(etat):
    forum = creer_forum()
    Consultation.objects.filter(pk=forum.consultation_id).update(etat=etat)
    forum.consultation.refresh_from_db()
    with pytest.raises(Refus) as refus:
        entrer(forum)
    assert refus.value.code == "forum_ferme"


def test_a_desk_notes_where_from_and_asks_for_consent():
    forum = creer_forum("proposer")
    aide = f.creer_mandat("rapporteur", forum.consultation)
    faits = {"consultation": forum.consultation, "college": f.college(forum.consultation), "origine": "guichet"}
    with pytest.raises(Refus) as refus:
        actions.entrer_au_forum(par=aide, **faits)
    assert refus.value.code == "consentement"
    personne = actions.entrer_au_forum(par=aide, accord_publication=True, **faits)
    proposition = actions.proposer_au_forum(
        consultation=forum.consultation,
        participant=personne,
        texte="Un garage solidaire.",
        note="Mairie",
        par=aide,
    )
    assert (proposition.origine, proposition.origine_note, proposition.saisie_par) == ("guichet", "Mairie", aide)
    assert proposition.moderation == "affichee"  # the team has read it


def test_codes_of_a_batch_are_all_different_from_each_other_and_from_people_s(django_assert_max_num_queries):
    forum = creer_forum()
    with django_assert_max_num_queries(20):
        lot = actions.tirer_cartes(
            consultation=forum.consultation, libelle="Boîtes aux lettres", nombre=2000, par=None
        )
    codes = list(lot.codes.values_list("code", flat=True))
    assert (len(codes), len(set(codes)), {len(code) for code in codes}) == (2000, 2000, {8})


@pytest.mark.parametrize(("nombre", "libelle"), [(0, "Mairie"), (10_001, "Mairie"), ("12", "Mairie"), (5, " ")])
def test_a_batch_of_no_cards_too_many_or_bound_nowhere_is_refused(nombre, libelle):
    forum = creer_forum()
    with pytest.raises(Refus):
        actions.tirer_cartes(consultation=forum.consultation, libelle=libelle, nombre=nombre, par=None)
    assert CodeDeCarte.objects.count() == 0


def test_a_phase_takes_what_is_sent_within_five_minutes_of_its_end():
    forum = creer_forum()
    poser_phase(forum, "proposer", fin=-timedelta(minutes=4))
    tard = entrer(forum)
    assert proposer(forum, participant=tard).moderation == "affichee"
    Phase.objects.update(fin=timezone.now() - timedelta(minutes=6))
    with pytest.raises(Refus) as refus:
        proposer(forum, "Une autre idée", participant=tard)
    assert (refus.value.code, refus.value.statut) == ("phase_fermee", 409)


def test_what_was_received_before_the_end_is_acknowledged_after_it():
    forum = creer_forum("proposer")
    personne = entrer(forum)
    premiere = proposer(forum, participant=personne, cle="k")
    Phase.objects.all().delete()
    assert proposer(forum, participant=personne, cle="k", affichee=False) == premiere


@given(minutes=st.integers(-30, 30))
@settings(max_examples=30, deadline=None)
def test_the_calendar_says_open_exactly_between_its_two_hours(minutes):
    maintenant = timezone.now()
    phase = Phase(
        nature="voter", debut=maintenant - timedelta(minutes=10), fin=maintenant + timedelta(minutes=minutes)
    )
    assert phase.est_ouverte() == (minutes > 0)
    assert phase.est_ouverte(timedelta(minutes=5)) == (minutes > -5)


def test_the_calendar_tells_what_is_over_open_and_to_come(django_assert_num_queries):
    forum = creer_forum("proposer")
    poser_phase(forum, "informer", fin=-timedelta(days=1))
    phase = poser_phase(forum, "voter", fin=timedelta(days=9))
    Phase.objects.filter(pk=phase.pk).update(debut=timezone.now() + timedelta(days=2))
    with django_assert_num_queries(1):
        lues = lectures.calendrier(forum.consultation)
    assert {lue.phase.nature: (lue.etat, lue.avance, lue.jours) for lue in lues} == {
        "informer": ("passee", 100, 0), "proposer": ("ouverte", 91, 0), "voter": ("a_venir", 0, 0),
    }  # fmt: skip
    assert lectures.natures_ouvertes(lues) == {"proposer"}


def test_the_vote_is_on_every_piste_evenings_included_and_is_cast_in_its_phase_only():
    forum = creer_forum("proposer")
    idee, cachee = proposer(forum), proposer(forum, "Une idée gardée", participant=entrer(forum, accord=False))
    soiree = piste_d_un_soir(forum)
    scrutin = actions.ouvrir_vote(consultation=forum.consultation, par=None)
    assert actions.ouvrir_vote(consultation=forum.consultation, par=None) == scrutin
    idee.refresh_from_db()
    cachee.refresh_from_db()
    assert set(scrutin.pistes.all()) == {soiree, idee.piste}
    assert cachee.piste is None  # its author did not agree to be read outside
    voteur, choix = entrer(forum), {idee.piste_id: 4}
    forum = type(forum).objects.get(pk=forum.pk)
    with pytest.raises(Refus) as refus:
        actions.voter_au_forum(consultation=forum.consultation, participant=voteur, choix=choix)
    assert refus.value.code == "phase_fermee"
    poser_phase(forum, "voter")
    assert actions.voter_au_forum(consultation=forum.consultation, participant=voteur, choix=choix).voix == choix


def piste_d_un_soir(forum):
    soir = f.creer_espace(consultation=forum.consultation)
    proposition = f.creer_proposition(soir, participant=entrer(forum))
    proposition = actions.relire_proposition(proposition=proposition, decision="afficher", par=None)
    return f.creer_piste(soir, propositions=[proposition])


def test_results_are_told_after_the_closing_and_lose_words_that_may_no_longer_be_read():
    forum = creer_forum("proposer", "voter")
    auteur = entrer(forum)
    piste = None
    proposer(forum, participant=auteur)
    scrutin = actions.ouvrir_vote(consultation=forum.consultation, par=None)
    piste = scrutin.pistes.get()
    f.faire_voter(scrutin, "habitants", 8, {piste: 4})
    forum.refresh_from_db()
    assert lectures.resultats_du_forum(forum) is None
    actions.fermer_vote(consultation=forum.consultation, par=None)
    forum = type(forum).objects.get(pk=forum.pk)
    tableau = lectures.resultats_du_forum(forum)
    assert [(ligne.piste.texte, tableau.votants) for ligne in tableau.lignes] == [(piste.texte, 8)]
    actions.consentir(participant=auteur, accord=False)
    assert [ligne.piste.texte for ligne in lectures.resultats_du_forum(forum).lignes] == [""]


def test_only_shown_words_of_consenting_people_are_public_and_found_by_word_or_number(django_assert_num_queries):
    forum = creer_forum("proposer")
    une = proposer(forum)
    proposer(forum, "Pas encore lue", affichee=False)
    proposer(forum, "Sans accord", participant=entrer(forum, accord=False))
    publiques = lectures.propositions_publiques(forum.consultation)
    with django_assert_num_queries(1):
        assert [str(p.college) for p in publiques] == ["Habitants"]
    assert list(lectures.chercher_propositions(publiques, mots="MINIBÙS")) == [une]
    assert list(lectures.chercher_propositions(publiques, mots=str(une.pk))) == [une]
    assert list(lectures.chercher_propositions(publiques, mots="vélo")) == []
    assert list(lectures.chercher_propositions(publiques, axe="x")) == []


@given(effectifs=st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_no_number_is_told_of_a_commune_where_few_speak_nor_had_by_subtraction(effectifs):
    lues = taire_les_petites([(f"Commune {n}", n) for n in sorted(effectifs, reverse=True)])
    assert all(n >= PEU for _nom, n in lues.comptees)
    assert len(lues.muettes) == effectifs.count(0)
    assert sum(n > 0 for n in effectifs) == len(lues.comptees) + lues.autres
    if lues.ensemble is not None:
        assert (lues.autres >= 2, lues.ensemble >= PEU) == (True, True)
    if lues.autres and lues.comptees:
        assert lues.ensemble is not None  # otherwise a total would give a rare commune away


def test_communes_are_those_of_the_territory_of_the_forum(django_assert_num_queries):
    forum = creer_forum()
    thouars = f.creer_territoire(nom="Thouars", niveau="local", parent=forum.consultation.territoire)
    f.creer_territoire(nom="Louzy", niveau="local", parent=forum.consultation.territoire)
    for _n in range(PEU):
        entrer(forum, territoire=thouars)
    with django_assert_num_queries(1):
        assert lectures.communes(forum.consultation) == lectures.Communes([("Thouars", 5)], 0, None, ["Louzy"])
