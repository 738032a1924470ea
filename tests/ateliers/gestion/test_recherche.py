"""One search across the desk: what it finds, and only among what one may see."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from consultation import actions as actes
from tests.fabriques import (
    creer_animateur,
    creer_consultation,
    creer_editeur,
    creer_organisateur,
    creer_participant,
    creer_proposition,
)

pytestmark = pytest.mark.django_db


def trouves(client, mots):
    """{title of the group: [what is found]} for what is typed."""
    reponse = client.get(reverse("chercher"), {"q": mots})
    return {g.titre: [t.titre for t in g.trouves] for g in reponse.context["groupes"]}


@pytest.fixture
def monde(pupitre):
    consultation, ateliers, client = pupitre
    creer_participant(consultation, prenom="Élodie", nom="Bréhat")
    creer_proposition(ateliers[0].espace, "Élodie nous a montré le métier.")
    return consultation, ateliers, client


def test_people_workshops_and_words_are_found_whatever_the_accents(monde):
    _consultation, _ateliers, client = monde
    assert trouves(client, "ELODIE") == {
        "Personnes": ["Élodie Bréhat"],
        "Propositions": ["Élodie nous a montré le métier."],
    }
    assert trouves(client, "partager transmettre") == {"Ateliers et plénières": ["Transmettre, partager"]}
    assert trouves(client, "rien de tel") == {}


def test_a_facilitator_finds_their_room_and_its_words_and_nobody_by_name(monde):
    _consultation, ateliers, client = monde
    client.force_login(creer_animateur(ateliers[0].espace))
    assert trouves(client, "elodie") == {"Propositions": ["Élodie nous a montré le métier."]}
    assert trouves(client, "transmettre") == {}
    page = client.get(reverse("chercher"), {"q": "apprendre"})
    assert [t.adresse for t in page.context["groupes"][0].trouves] == [f"/animer/{ateliers[0].pk}/"]


def test_pages_are_found_by_whoever_sees_them_in_the_desk(monde):
    _consultation, _ateliers, client = monde
    accueil = Page.objects.get(depth=2)
    assert "Pages du site" not in trouves(client, accueil.title)
    client.force_login(get_user_model().objects.create_superuser("chef@exemple.org"))
    assert trouves(client, accueil.title)["Pages du site"] == [accueil.title]


def test_the_menu_has_one_search_and_it_is_that_of_the_whole_desk(monde):
    """Wagtail's field leads to the first area: pages alone, and "Chercher" stood beside "Rechercher"."""
    _consultation, _ateliers, client = monde
    menu = (
        client.get(reverse("aide")).content.decode().split('id="wagtail-sidebar-props"')[1].split("</script>")[0]
    )
    assert (
        '"wagtail.sidebar.SearchModule", "_args": ["/gestion/chercher/"]' in menu,
        menu.count("/chercher/"),
    ) == (True, 1)
    accueil = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("aide") in accueil, "Guide de l" in accueil) == (True, False)


def test_others_find_nothing_of_it(monde):
    consultation, _ateliers, client = monde
    client.force_login(creer_editeur(consultation))
    assert trouves(client, "elodie") == {}
    client.force_login(creer_organisateur(creer_consultation(titre="Ailleurs")))
    assert trouves(client, "elodie") == {}
    assert trouves(client, consultation.titre) == {}


def test_who_was_erased_is_found_no_more(monde):
    consultation, _ateliers, client = monde
    par = consultation.mandats.get(role="organisateur").compte
    actes.effacer_participant(participant=consultation.participants.get(nom="Bréhat"), par=par)
    assert "Personnes" not in trouves(client, "brehat")


def test_hidden_words_are_not_shown(monde):
    consultation, ateliers, client = monde
    dite = creer_proposition(ateliers[0].espace, "Demander à Bruno, au 06, de venir")
    actes.masquer_passages(proposition=dite, passages=[(11, 16)], par=creer_organisateur(consultation))
    assert trouves(client, "demander") == {"Propositions": ["Demander à […], au 06, de venir"]}


def test_the_number_of_queries_does_not_follow_what_is_found(monde, django_assert_num_queries):
    consultation, ateliers, client = monde
    with CaptureQueriesContext(
        connection,
    ) as une:
        trouves(client, "elodie")
    for rang in range(12):
        creer_participant(consultation, prenom="Élodie", nom=f"N{rang}")
        creer_proposition(ateliers[0].espace, f"Élodie {rang}")
    with django_assert_num_queries(len(une)):
        assert len(trouves(client, "elodie")["Personnes"]) == 10


def test_one_letter_is_not_looked_for(monde):
    _consultation, _ateliers, client = monde
    reponse = client.get(reverse("chercher"), {"q": "e"})
    assert (reponse.context["groupes"], "au moins deux lettres" in reponse.content.decode()) == ([], True)
