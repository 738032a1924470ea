"""Consent is asked of everyone who comes by a code, once, and changed on their page any day."""

import pytest

from consultation.models import Participant
from tests.fabriques import creer_consultation, creer_participant

from .test_moi import telephone

pytestmark = pytest.mark.django_db


@pytest.fixture
def sonia():
    return creer_participant(creer_consultation(), prenom="Sonia")


def reponse_gardee(participant):
    return Participant.objects.get(pk=participant.pk).accord_publication


@pytest.mark.parametrize(("mot", "garde"), [("oui", True), ("non", False)])
def test_a_badge_asks_once_and_leads_on(client, sonia, mot, garde):
    question = client.get(f"/m/{sonia.code_personnel}/", follow=True)
    assert "Pouvons-nous publier vos mots" in question.text
    assert reponse_gardee(sonia) is None
    champs = {"personne": sonia.pk, "suite": "/moi/", "accord": mot}
    assert client.post("/moi/accord/", champs).headers["Location"] == "/moi/"
    assert reponse_gardee(sonia) is garde
    assert client.get(f"/m/{sonia.code_personnel}/").headers["Location"] == "/moi/"


def test_a_typed_code_asks_too_and_going_on_without_answering_leaves_it_open(client, sonia):
    assert "/moi/accord/" in client.post("/rejoindre/", {"code": sonia.code_personnel}).headers["Location"]
    page = client.get("/moi/").text
    assert "Vous n’avez pas encore répondu" in page
    assert reponse_gardee(sonia) is None


def test_one_s_page_says_what_was_answered_and_changes_it(sonia):
    client = telephone(sonia)
    client.post("/moi/accord/", {"personne": sonia.pk, "accord": "oui"})
    assert "Vous avez dit oui" in client.get("/moi/").text
    client.post("/moi/accord/", {"personne": sonia.pk, "accord": "non"})
    assert "Vous avez dit non" in client.get("/moi/").text


def test_nobody_answers_for_someone_else_nor_is_led_off_the_site(sonia):
    autre = creer_participant(sonia.consultation, prenom="Karim")
    client = telephone(sonia)
    assert client.post("/moi/accord/", {"personne": autre.pk, "accord": "oui"}).status_code == 404
    assert client.get("/moi/accord/").status_code == 404
    for ailleurs in ("https://ailleurs.example/", "//ailleurs.example/", "javascript:1"):
        champs = {"personne": sonia.pk, "accord": "oui", "suite": ailleurs}
        assert client.post("/moi/accord/", champs).headers["Location"] == "/moi/"


def test_a_phone_that_is_someone_s_asks_before_it_changes_hands(sonia):
    karim = creer_participant(sonia.consultation, prenom="Karim", accord_publication=True)
    client = telephone(sonia)
    page = client.get(f"/m/{karim.code_personnel}/")
    assert (page.status_code, "Sonia" in page.text, "Karim" in page.text) == (200, True, True)
    assert "Bonjour Sonia" in client.get("/moi/").text
    assert client.post(f"/m/{karim.code_personnel}/").headers["Location"] == "/moi/"
    assert "Bonjour Karim" in client.get("/moi/").text
