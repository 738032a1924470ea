"""Every page of this folder answers, in French, with its headers."""

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db

PUBLIQUES = [
    "/compte/login/",
    "/compte/signup/",
    "/compte/password/reset/",
    "/compte/password/reset/done/",
    "/compte/password/reset/key/1-faux/",
    "/compte/inactive/",
    "/compte/confirm-email/",
    "/compte/confirm-email/faux/",
]
AVEC_COMPTE = ["/compte/logout/", "/compte/email/", "/compte/password/change/", "/compte/reauthenticate/"]


@pytest.fixture
def connecte(client):
    client.force_login(get_user_model().objects.create_user("camille@exemple.test", "une graine, une pousse"))
    return client


def anglais(texte):
    """English words that would betray an untranslated page of the accounts library."""
    mots = ("Sign In", "Sign Up", "Password Reset", "Change Password", "Bad Token", "E-mail address", "Confirm ")
    return [mot for mot in mots if mot in texte]


@pytest.mark.parametrize("chemin", PUBLIQUES)
def test_an_account_page_is_in_our_design_and_in_french(client, chemin):
    reponse = client.get(chemin, headers={"accept-language": "en"})
    texte = reponse.content.decode()
    assert reponse.status_code == 200
    assert '<html lang="fr">' in texte
    assert (texte.count("<h1"), anglais(texte)) == (1, [])
    assert 'class="enseigne"' in texte


@pytest.mark.parametrize("chemin", AVEC_COMPTE)
def test_a_page_of_ones_own_account_is_in_our_design_and_in_french(connecte, chemin):
    reponse = connecte.get(chemin)
    texte = reponse.content.decode()
    assert (reponse.status_code, texte.count("<h1"), anglais(texte)) == (200, 1, [])


def test_nobody_signs_up_alone(client):
    donnees = {
        "email": "x@exemple.test",
        "password1": "une graine, une pousse",
        "password2": "une graine, une pousse",
    }
    client.post("/compte/signup/", donnees)
    assert get_user_model().objects.count() == 0


def test_a_deep_page_carries_every_security_header(client):
    entetes = client.get("/compte/login/").headers
    politique = entetes["Content-Security-Policy"]
    assert "unsafe" not in politique
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(politique.split("; "))
    assert entetes["X-Content-Type-Options"] == "nosniff"
    assert entetes["X-Frame-Options"] == "SAMEORIGIN"
    assert entetes["Referrer-Policy"] == "same-origin"
    assert entetes["Permissions-Policy"].startswith("camera=()")


def test_an_unknown_address_says_so_in_the_design(client):
    reponse = client.get("/une/adresse/inconnue/")
    assert reponse.status_code == 404
    assert "Cette page n’existe pas" in reponse.content.decode()
    assert "Content-Security-Policy" in reponse.headers


def test_a_form_that_waited_too_long_is_told_plainly(db):
    reponse = Client(enforce_csrf_checks=True).post("/compte/login/", {"login": "a"})
    assert reponse.status_code == 403
    assert "La page a attendu trop longtemps" in reponse.content.decode()


def test_the_broken_page_needs_nothing_but_itself(django_assert_num_queries):
    with django_assert_num_queries(0):
        texte = render_to_string("500.html")
    assert "Quelque chose s’est cassé chez nous" in texte


def test_the_language_follows_the_visitors_choice_and_never_the_browsers(client):
    assert client.get("/compte/login/", headers={"accept-language": "de,en"}).headers["Content-Language"] == "fr"
    choix = client.post("/langue/", {"language": "en", "next": "/compte/login/"})
    assert (choix.status_code, choix.headers["Location"]) == (302, "/compte/login/")
    assert client.get("/compte/login/").headers["Content-Language"] == "en"
    client.cookies["django_language"] = "xx'"
    assert client.get("/compte/login/").headers["Content-Language"] == "fr"


def test_the_manifest_names_icons_that_exist(client):
    manifeste = client.get("/manifeste.webmanifest").json()
    assert manifeste["start_url"] == "/rejoindre/"
    assert [client.get(icone["src"]).status_code for icone in manifeste["icons"]] == [200, 200]
