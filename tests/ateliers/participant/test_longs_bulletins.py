"""A ballot of hundreds of pistes: some at a time, 60 kB a screen, drawn evenly, with plain forms."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ateliers import actions
from ateliers.lectures.bulletins import ENTIER_MAX, FENETRE, TOURS, tirer, tour_de
from consultation import actions as actions_consultation
from consultation.models import Bulletin, Piste

from ..fabriques_salle import faire_participant, faire_pistes
from .gestes import Salle, telephone_de, texte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chemin")]
PHONE_MAX = 60_000  # bytes of a screen, uncompressed
MODES = pytest.mark.parametrize("mode", ["gommettes", "adhesion"])


def ouvrir(pistes, mode):
    salle = Salle("vote", "discussion", mode=mode, pistes=pistes)
    salle.ouvrir("vote")
    return salle


def montrees(reponse):
    return [int(pk) for pk in re.findall(r'data-piste="(\d+)"', reponse.content.decode())]


def peser(salle):
    salle.voir("?voter=1")  # what a process reads once
    with CaptureQueriesContext(connection) as lues:
        page = salle.voir("?voter=1")
    return {"nodes": page.content.count(b"<"), "queries": len(lues), "pistes": len(montrees(page))}


@MODES
def test_the_longest_ballot_shown_whole_weighs_60_kb_at_most(mode):
    salle = ouvrir(ENTIER_MAX, mode)
    Piste.objects.update(texte="é" * 300)
    page = salle.voir()
    assert (len(page.content) <= PHONE_MAX, len(montrees(page))) == (True, ENTIER_MAX)


@MODES
@pytest.mark.usefixtures("sans_vieillir")
def test_a_screen_weighs_the_same_whatever_the_ballot_holds(mode):
    salle = ouvrir(100, mode)
    salle.voter({salle.pistes[0].pk: 0})
    petite = peser(salle)
    salle.etapes["vote"].scrutin.pistes.add(*faire_pistes(salle.atelier, 500, debut=101))
    assert peser(salle) == petite
    assert petite["pistes"] == FENETRE
    Piste.objects.update(texte="é" * 300)
    assert len(salle.voir("?voter=1").content) <= PHONE_MAX


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40), st.integers(0, TOURS - 1))
def test_those_with_the_fewest_answers_come_first_and_nobody_s_order_changes(reponses, tour):
    comptes = dict(enumerate(reponses))
    ordre = tirer(tour, comptes, comptes)
    assert [comptes[pk] for pk in ordre] == sorted(reponses)
    assert (sorted(ordre), tirer(tour, reversed(ordre), comptes)) == (sorted(comptes), ordre)


def test_all_pistes_get_answers_evenly_from_people_who_answer_a_few():
    comptes = Counter()
    for personne in range(80):
        comptes.update(tirer(tour_de(personne), range(60), comptes)[:FENETRE])
    assert set(comptes.values()) == {80 * FENETRE // 60}


def test_those_who_come_at_the_same_moment_do_not_all_begin_with_the_same():
    debuts = {tuple(tirer(tour_de(personne), range(600), {})[:FENETRE]) for personne in range(200)}
    assert len(debuts) == TOURS


def test_opinions_are_given_window_by_window_and_told_back():
    salle = ouvrir(45, "adhesion")
    vues = []
    for reste in (45, 30, 15):
        page = salle.voir("?suite=1")
        vues += montrees(page)
        assert re.search(rf"\b{45 - reste} pistes? faites? sur 45", texte(page))
        champs = {f"piste-{pk}": rang % 5 for rang, pk in enumerate(montrees(page))}
        reponse = salle.telephone.post("/a/K7P4M2/voter/", {**champs, "suite": "1"})
        assert reponse.url == "/a/K7P4M2/?suite=1"
    assert sorted(vues) == sorted(piste.pk for piste in salle.pistes)
    assert "36 avis donnés sur 45." in texte(salle.voir("?suite=1"))


def test_what_was_said_can_be_read_again_and_changed():
    salle = ouvrir(45, "adhesion")
    page = salle.voir()
    premieres = montrees(page)
    salle.voter(dict.fromkeys(premieres, 4))
    relue = salle.voir("?voter=1&page=1")
    assert montrees(relue) == sorted(premieres)
    assert relue.content.decode().count(" checked") == FENETRE
    salle.voter({premieres[0]: 1}, cle="w" * 32)
    assert salle.voix[premieres[0]] == 1


def test_dots_are_put_on_any_page_and_counted_on_all():
    salle = ouvrir(45, "gommettes")
    pages = [montrees(salle.voir(f"?voter=1&page={n}")) for n in (1, 2, 3)]
    assert sorted(pk for page in pages for pk in page) == sorted(piste.pk for piste in salle.pistes)
    reponse = salle.telephone.post("/a/K7P4M2/voter/", {f"piste-{pages[0][0]}": 2, "page": "2"})
    assert reponse.url == "/a/K7P4M2/?voter=1&page=2"
    page = salle.telephone.get(reponse.url)
    assert (page.context["restantes"], list(page.context["valeurs"])) == (1, [0, 1])
    salle.voter({pages[1][0]: 1}, cle="w" * 32)
    assert "3 gommettes posées sur 3." in texte(salle.voir())


def test_turning_pages_without_a_dot_is_no_ballot():
    salle = ouvrir(45, "gommettes")
    salle.telephone.post("/a/K7P4M2/voter/", {f"piste-{salle.pistes[0].pk}": 0, "page": "2"})
    assert not Bulletin.objects.exists()


def test_a_dot_taken_back_while_turning_pages_is_taken_back():
    salle = ouvrir(45, "gommettes")
    salle.voter({salle.pistes[0].pk: 2})
    champs = {f"piste-{salle.pistes[0].pk}": 0, "page": "2", "scrutin": salle.etapes["vote"].scrutin_id}
    salle.telephone.post("/a/K7P4M2/voter/", champs)
    assert salle.voix == {}


def test_too_many_dots_are_refused_with_those_chosen_in_sight():
    salle = ouvrir(45, "gommettes")
    page = salle.voir("?voter=1&page=3")
    choisie = montrees(page)[-1]
    reponse = salle.voter({salle.pistes[0].pk: 1, choisie: 3})
    assert (reponse.status_code, set(montrees(reponse))) == (422, {salle.pistes[0].pk, choisie})


@pytest.mark.parametrize("cherche", ["eleves", "ÉLÈVES aider", "17"])
def test_a_piste_is_found_by_its_words_or_its_number(cherche):
    salle = ouvrir(45, "gommettes")
    Piste.objects.filter(numero=17).update(texte="Aider les Élèves de l’Œuvre.")
    assert montrees(salle.voir(f"?voter=1&q={cherche}")) == [salle.pistes[16].pk]


def test_a_search_that_finds_nothing_says_what_to_do():
    salle = ouvrir(45, "gommettes")
    page = salle.voir("?voter=1&q=<b>zèbre")
    assert montrees(page) == []
    assert "Aucune piste ne contient «\u202f&lt;b&gt;zèbre\u202f». Essayez un autre mot, ou un seul." in texte(
        page
    )
    assert "Toutes les pistes" in texte(page)


@pytest.mark.parametrize("suite", ["?voter=1&page=99", "?voter=1&page=-1", "?voter=1&page=½", "?voter=1&page=0"])
@MODES
def test_a_page_that_does_not_exist_shows_one_that_does(mode, suite):
    salle = ouvrir(45, mode)
    assert montrees(salle.voir(suite)) != []


def test_a_phone_back_after_a_day_is_shown_what_is_left_of_what_stands_now():
    salle = ouvrir(45, "adhesion")
    hier = montrees(salle.voir())
    salle.voter(dict.fromkeys(hier, 4))
    actions_consultation.ecarter_piste(piste=Piste.objects.get(pk=hier[0]), par=None)
    actions_consultation.regrouper(
        espace=salle.atelier.espace, par=None, pistes=[Piste.objects.get(pk=hier[1])], dans=salle.pistes[0]
    )
    page = salle.voir("?suite=1")
    assert not set(montrees(page)) & set(hier)
    assert re.search(r"(13|14) pistes faites sur 43", texte(page))


def test_another_person_is_shown_the_pistes_that_have_fewer_answers():
    salle = ouvrir(45, "adhesion")
    premieres = montrees(salle.voir())
    salle.voter(dict.fromkeys(premieres, 4))
    autre = telephone_de(faire_participant(salle.atelier, prenom="Malo"))
    assert not set(montrees(autre.get("/a/K7P4M2/"))) & set(premieres)


def test_the_results_of_a_long_vote_come_page_by_page_and_each_weighs_the_same():
    salle = ouvrir(45, "adhesion")
    for rang in range(6):
        personne = faire_participant(salle.atelier, prenom=f"P{rang}")
        choix = {piste.pk: 4 - (rang + piste.numero) % 4 for piste in salle.pistes}
        actions.voter(atelier=salle.atelier, participant=personne, choix=choix)
    salle.clore("vote")
    salle.ouvrir("discussion")
    numeros = []
    for page in (1, 2, 3):
        lue = salle.voir(f"?page={page}")
        assert (len(lue.content) <= PHONE_MAX, f"Page {page} sur 3" in texte(lue)) == (True, True)
        numeros += [ligne.piste.numero for ligne in lue.context["page"].lignes]
    assert (numeros, len(numeros)) == ([x.piste.numero for x in lue.context["tableau"].lignes], 45)
    assert "Page 3 sur 3" in texte(salle.voir("?page=99"))
