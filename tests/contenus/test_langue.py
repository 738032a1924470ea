"""A page shown in English says which of its parts stand in French (WCAG 3.1.2)."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests.contenus import fabriques_contenus as fc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture
def adresses(arborescence):
    synthese = fc.creer_synthese_votee(2)
    return ["/", fc.creer_page_publiee(synthese).url, "/accessibilite/", "/syntheses/"]


def lire(client, adresse, langue):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = langue
    return BeautifulSoup(client.get(adresse).content, "html.parser")


def test_what_people_and_editors_wrote_is_said_to_be_french_on_english_pages(client, adresses):
    for adresse in adresses:
        page = lire(client, adresse, "en")
        assert page.html["lang"] == "en"
        ecrits = page.main.select('[dir="auto"], bdi, .redige')
        assert ecrits, adresse
        assert [e for e in ecrits if e.find_parent(lang="fr") is None and e.get("lang") != "fr"] == [], adresse


def test_a_french_page_says_it_once(client, adresses):
    for adresse in adresses:
        page = lire(client, adresse, "fr")
        assert (page.html["lang"], page.main.find_all(lang="fr")) == ("fr", []), adresse
