"""One way in, one reset, one way to change an address; a second proof where it is due."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse

from tests import fabriques as f

pytestmark = pytest.mark.django_db
MOT_DE_PASSE = "mot de passe"


@pytest.mark.parametrize(
    ("porte", "vers"),
    [
        ("/gestion/login/", "/compte/login/"),
        ("/_util/login/", "/compte/login/"),
        ("/gestion/password_reset/", "/compte/password/reset/"),
        ("/gestion/password_reset/confirm/MQ/abc-def/", "/compte/password/reset/"),
    ],
)
@pytest.mark.parametrize("methode", ["get", "post"])
def test_the_other_doors_lead_to_the_one_that_counts_tries(client, porte, vers, methode, mailoutbox):
    compte = f.creer_compte(password=MOT_DE_PASSE)
    donnees = {"username": compte.email, "password": MOT_DE_PASSE, "email": compte.email}
    reponse = getattr(client, methode)(porte, donnees)
    assert (reponse.status_code, reponse["Location"]) == (302, vers)
    assert ("_auth_user_id" in client.session, mailoutbox) == (False, [])


def test_where_one_was_going_is_kept(client):
    reponse = client.get("/gestion/login/?next=/gestion/pages/")
    assert reponse["Location"] == "/compte/login/?next=%2Fgestion%2Fpages%2F"


def test_tries_are_counted_whoever_sends_them(client):
    compte = f.creer_compte(password=MOT_DE_PASSE)
    for _ in range(10):
        client.post(reverse("account_login"), {"login": compte.email, "password": "faux"})
    reponse = client.post(reverse("account_login"), {"login": compte.email, "password": MOT_DE_PASSE})
    assert (reponse.status_code, "_auth_user_id" in client.session) == (200, False)


@pytest.mark.parametrize("porte", ["/gestion/login/", "/_util/login/", "/compte/login/", "/gestion/"])
def test_once_the_tries_are_spent_no_door_opens_even_to_the_right_word(client, porte):
    compte = f.creer_compte(password=MOT_DE_PASSE)
    essai = {"login": compte.email, "username": compte.email, "password": "faux"}
    for _ in range(10):
        client.post(reverse("account_login"), essai)
    client.post(porte, {**essai, "password": MOT_DE_PASSE}, follow=True)
    assert "_auth_user_id" not in client.session


def test_the_account_page_of_wagtail_changes_no_address(client):
    compte = f.creer_organisateur(f.creer_consultation())
    client.force_login(compte)
    avant = compte.email
    donnees = {
        "name_email-first_name": "Bao",
        "name_email-last_name": "X",
        "name_email-email": "autre@exemple.test",
    }
    donnees |= {"password-new_password1": "un-mot-assez-long-7", "password-new_password2": "un-mot-assez-long-7"}
    donnees |= {
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "locale-preferred_language": "fr",
    }
    donnees |= {"locale-current_time_zone": "Europe/Paris", "theme-keyboard_shortcuts": "on"}
    page = client.post(reverse("wagtailadmin_account"), donnees)
    compte.refresh_from_db()
    assert (page.status_code, compte.email, compte.check_password("un-mot-assez-long-7")) == (302, avant, False)
    html = client.get(reverse("wagtailadmin_account")).content.decode()
    assert all(reverse(nom) in html for nom in ("account_email", "account_change_password", "mfa_index"))


def test_an_address_changes_once_its_mailbox_has_answered(client, mailoutbox):
    compte = f.creer_compte(email="avant@exemple.test", password=MOT_DE_PASSE)
    EmailAddress.objects.create(user=compte, email=compte.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": compte.email, "password": MOT_DE_PASSE})
    client.post(reverse("account_email"), {"email": "apres@exemple.test", "action_add": ""})
    compte.refresh_from_db()
    assert (compte.email, [m.to for m in mailoutbox]) == ("avant@exemple.test", [["apres@exemple.test"]])
    lien = re.search(r"/compte/confirm-email/\S+", mailoutbox[0].body).group()
    client.post(lien)
    compte.refresh_from_db()
    assert compte.email == "apres@exemple.test"
    assert EmailAddress.objects.get(user=compte).verified


def test_a_reset_for_an_unknown_address_sends_nobody_to_a_closed_door(client, mailoutbox):
    reponse = client.post(reverse("account_reset_password"), {"email": "personne@exemple.test"})
    assert reponse["Location"] == reverse("account_reset_password_done")
    (message,) = mailoutbox
    assert ("signup" in message.body, "Il n’y a pas de compte" in message.body) == (False, True)
    assert message.subject == "Germoir : Aucun compte à cette adresse"


@pytest.mark.parametrize(
    ("role", "vers"),
    [("editeur", "/gestion/"), ("organisateur", "/animer/"), ("rapporteur", "/animer/"), (None, "/animer/")],
)
def test_each_lands_on_their_work(client, role, vers):
    compte = f.creer_compte(password=MOT_DE_PASSE)
    if role:
        espace = f.creer_espace()
        f.creer_mandat(role, espace.consultation, compte=compte)
    reponse = client.post(reverse("account_login"), {"login": compte.email, "password": MOT_DE_PASSE})
    assert reponse["Location"] == vers


@pytest.fixture
def exige(settings):
    settings.SECOND_FACTEUR = True


def code_du_moment(secret, decalage=0):
    """What the application shows now, or showed `decalage` periods of 30 s away from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + decalage))


@pytest.mark.usefixtures("exige")
@pytest.mark.parametrize("chemin", ["/gestion/", "/animer/", "/gestion/pages/", "/"])
def test_an_organiser_without_a_second_factor_is_led_to_it(client, chemin):
    client.force_login(f.creer_organisateur(f.creer_consultation()))
    reponse = client.get(chemin)
    assert (reponse.status_code, reponse["Location"]) == (302, reverse("mfa_index"))
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Choisissez-en une ci-dessous" in page
    assert reverse("mfa_activate_totp") in page


@pytest.mark.usefixtures("exige")
def test_an_administrator_too_and_no_other(client):
    client.force_login(f.creer_compte(is_superuser=True))
    assert client.post("/gestion/")["Location"] == reverse("mfa_index")
    for compte in (f.creer_compte(), f.creer_editeur(f.creer_consultation())):
        client.force_login(compte)
        assert client.get("/animer/").status_code == 200
    client.logout()
    assert client.get("/rejoindre/").status_code == 200


def test_nobody_is_asked_when_the_setting_is_off(client):
    client.force_login(f.creer_organisateur(f.creer_consultation()))
    assert client.get("/animer/").status_code == 200


@pytest.mark.usefixtures("exige")
def test_an_application_is_put_in_place_then_asked_at_each_login(client):
    compte = f.creer_organisateur(f.creer_consultation(), f.creer_compte(password=MOT_DE_PASSE))
    connexion = {"login": compte.email, "password": MOT_DE_PASSE}
    EmailAddress.objects.create(user=compte, email=compte.email, verified=True, primary=True)
    client.post(reverse("account_login"), connexion)
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE})
    page = client.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml' in page.content.decode()
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_du_moment(secret)})
    assert client.get("/animer/").status_code == 200
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=compte, type="totp").exists()  # the last one stays
    client.logout()
    reponse = client.post(reverse("account_login"), connexion)
    assert (reponse["Location"], "_auth_user_id" in client.session) == (reverse("mfa_authenticate"), False)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("decalage", "ouvre"), [(0, True), (-1, True), (-4, False)])
def test_a_code_of_ones_application_opens_until_a_moment_after_it_changed(client, decalage, ouvre):
    compte = f.creer_compte(password=MOT_DE_PASSE)
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(compte, secret)
    client.post(reverse("account_login"), {"login": compte.email, "password": MOT_DE_PASSE})
    client.post(reverse("mfa_authenticate"), {"code": code_du_moment(secret, decalage)})
    assert ("_auth_user_id" in client.session) is ouvre


@pytest.mark.parametrize("nom", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"])
def test_its_pages_hold_no_inline_style_nor_script(client, nom):
    compte = f.creer_compte(password=MOT_DE_PASSE)
    client.post(reverse("account_login"), {"login": compte.email, "password": MOT_DE_PASSE})
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE})
    reponse = client.get(reverse(nom))
    html = reponse.content.decode()
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html)
    assert (reponse.status_code, scripts, " style=" in html, " onclick=" in html) == (200, [], False, False)
