"""The facilitator asks for a precision, and sees what waits for an answer."""

import pytest
from django.urls import reverse

from consultation import actions
from consultation.models import Mandat, Precision
from tests.fabriques import creer_consultation, creer_proposition

from .fabriques_ateliers import faire_atelier, faire_compte

pytestmark = pytest.mark.django_db
AIDE = "Pour qui est-ce ?"


@pytest.fixture
def atelier():
    return faire_atelier(creer_consultation())


@pytest.fixture
def animatrice(client, atelier):
    client.force_login(faire_compte(atelier.consultation, Mandat.Role.ANIMATEUR, atelier.espace))


@pytest.fixture
def proposition(atelier):
    return creer_proposition(atelier.espace, "Mieux s’organiser tous ensemble")


def adresse(nom, atelier, proposition):
    return reverse(nom, args=[atelier.pk, proposition.pk])


def test_from_the_console_to_the_author_and_back(client, atelier, animatrice, proposition):
    console = reverse("console", args=[atelier.pk])
    lien = adresse("demander_precision", atelier, proposition)
    assert lien in client.get(console).content.decode()
    assert "Mieux s’organiser tous ensemble" in client.get(lien).content.decode()
    reponse = client.post(lien, {"demande": AIDE})
    assert (reponse.status_code, reponse.url) == (302, f"{console}#preciser")
    page = client.get(console).content.decode()
    assert ("À préciser par son auteur\u202f: 1" in page, AIDE in page) == (True, True)
    assert f'value="{AIDE}"' in client.get(lien).content.decode()
    actions.preciser(proposition=proposition, participant=proposition.auteur, texte="Un planning du vendredi")
    assert "À préciser" not in client.get(console).content.decode()


def test_a_refused_request_keeps_what_was_typed(client, atelier, animatrice, proposition):
    reponse = client.post(adresse("demander_precision", atelier, proposition), {"demande": "y" * 201})
    assert (reponse.status_code, f'value="{"y" * 201}"' in reponse.content.decode()) == (422, True)
    assert 'aria-invalid="true"' in reponse.content.decode()


def test_one_may_ask_no_more(client, atelier, animatrice, proposition):
    actions.demander_precision(proposition=proposition, demande=AIDE, par=None)
    assert client.post(adresse("retirer_precision", atelier, proposition)).status_code == 302
    assert not Precision.objects.exists()


def test_the_board_leads_there_too(client, atelier, animatrice, proposition):
    page = client.get(reverse("regroupement", args=[atelier.pk])).content.decode()
    assert adresse("demander_precision", atelier, proposition) in page
