"""Ranking on a phone: a list of places in each card without script, buttons with it; read back in its order."""

import re

import pytest

from consultation.models import Bulletin

from .gestes import JSON, Salle, texte, titre

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle():
    salle = Salle("vote", mode="classement")
    salle.ouvrir("vote")
    return salle


def places(reponse):
    """{piste: the place chosen in its list}."""
    lus = re.findall(r'<select[^>]*name="piste-(\d+)"(.*?)</select>', reponse.content.decode(), re.S)
    return {int(pk): [int(n) for n in re.findall(r'value="(\d)" selected', liste)] for pk, liste in lus}


def test_the_ballot_says_how_it_is_counted_and_offers_as_many_places_as_pistes(salle):
    page = salle.voir()
    assert titre(page) == "Classez vos priorités"
    assert "Choisissez 3 pistes au plus" in texte(page)
    assert "La dernière classée reçoit 1 point, celle d’avant 2" in texte(page)
    assert "la mettent en premier" in texte(page)
    assert places(page) == {piste.pk: [] for piste in salle.pistes}
    assert re.findall(r'<option value="(\d)"', page.content.decode())[:4] == ["0", "1", "2", "3"]


def test_an_order_is_read_back_the_first_one_first_and_can_be_changed(salle):
    une, deux, trois = (piste.pk for piste in salle.pistes)
    assert salle.voter({une: 2, deux: 0, trois: 1})["Location"].endswith("?vote=fait")
    page = salle.voir("?vote=fait")
    assert "2 pistes classées." in texte(page)
    dits = re.findall(r"Piste n°\s(\d)\b.*?(\d\w+ place)", texte(page))
    assert dits == [("3", "1re place"), ("1", "2e place")]
    assert "Changer mon classement" in texte(page)
    assert places(salle.voir("?voter=1")) == {une: [2], deux: [], trois: [1]}


def test_two_pistes_at_one_place_are_refused_in_a_sentence_and_nothing_of_what_was_chosen_is_lost(salle):
    une, deux, trois = (piste.pk for piste in salle.pistes)
    page = salle.voter({une: 1, deux: 1, trois: 2})
    assert page.status_code == 422
    assert "Deux pistes ont la même place. Donnez une place différente à chacune." in texte(page)
    assert places(page) == {une: [1], deux: [1], trois: [2]}
    assert (salle.voix, Bulletin.objects.count()) == ({}, 0)


def test_a_script_is_answered_with_places(salle):
    une, deux, trois = (piste.pk for piste in salle.pistes)
    lu = salle.voter({une: 3, deux: 1, trois: 0}, **JSON).json()
    assert (lu["votes"], lu["depasse"]) == ({str(une): 2, str(deux): 1}, True)
    lu = salle.voter({une: 2, deux: 1, trois: 0}, cle="w" * 32, **JSON).json()
    assert (lu["votes"], lu["depasse"]) == ({str(une): 2, str(deux): 1}, False)
