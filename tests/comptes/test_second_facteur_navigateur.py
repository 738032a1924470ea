"""The second proof in a real browser: put in place, looked at on a phone, then asked at the door."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from playwright.sync_api import expect

from tests import fabriques as f
from tests.comptes.test_portes import code_du_moment
from tests.parcours.gestes import MOT_DE_PASSE, se_connecter

pytestmark = pytest.mark.parcours

DEBORDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: What allauth says in English, or in a French of engineers.
ANGLAIS = re.compile(
    r"two-factor|security key|passkey|recovery code|\bname\b|authentifi|deux facteurs|récupération|\bsecrète?\b",
    re.IGNORECASE,
)


def regarder(ecran, sans_defaut_axe):
    """The page at two widths: nothing wider than the screen, no defect, one title, everyday words."""
    ecran.wait_for_load_state()  # an address is known before there is a page at it
    for largeur in (320, 1366):
        ecran.set_viewport_size({"width": largeur, "height": 844})
        assert (ecran.url, largeur, ecran.evaluate(DEBORDE)) == (ecran.url, largeur, 0)
        sans_defaut_axe(ecran)
    assert ecran.locator("h1").count() == 1
    assert ANGLAIS.findall(ecran.locator("main").inner_text() + ecran.title()) == []


def aller(ecran, nom):
    ecran.goto(reverse(nom))
    if "reauthenticate" in ecran.url:
        ecran.locator("input[name=password]").fill(MOT_DE_PASSE)
        ecran.locator("main form button[type=submit]").first.click()
        ecran.wait_for_url(re.compile(r"^(?!.*reauthenticate).*$"))


def test_an_application_is_put_in_place_and_asked_at_the_door(serveur, ouvrir, sans_defaut_axe):
    compte = f.creer_compte(password=MOT_DE_PASSE)
    EmailAddress.objects.create(user=compte, email=compte.email, verified=True, primary=True)
    ecran = ouvrir(None, largeur=1366)
    se_connecter(ecran, compte)
    ecran.goto(reverse("mfa_activate_totp"))
    regarder(ecran, sans_defaut_axe)  # one's password again
    aller(ecran, "mfa_activate_totp")
    regarder(ecran, sans_defaut_axe)
    secret = ecran.locator("#authenticator_secret").input_value()
    ecran.locator("input[name=code]").fill("000000")
    ecran.locator("main form button[type=submit]").click()
    expect(ecran.locator(".errorlist, .refus, [aria-invalid=true]").first).to_be_visible()
    regarder(ecran, sans_defaut_axe)  # refused, and told
    secret = ecran.locator("#authenticator_secret").input_value()
    ecran.locator("input[name=code]").fill(code_du_moment(secret))
    ecran.locator("main form button[type=submit]").click()
    ecran.wait_for_url(re.compile("recovery-codes"))
    secours = ecran.locator("#recovery_codes").input_value().split()
    assert len(secours) == 10
    for nom in (
        "mfa_view_recovery_codes", "mfa_index", "mfa_generate_recovery_codes", "mfa_list_webauthn",
        "mfa_add_webauthn", "mfa_deactivate_totp",
    ):  # fmt: skip
        aller(ecran, nom)
        regarder(ecran, sans_defaut_axe)
    ailleurs = ouvrir(None, largeur=320)
    se_connecter(ailleurs, compte)
    expect(ailleurs).to_have_url(re.compile(reverse("mfa_authenticate")))
    regarder(ailleurs, sans_defaut_axe)
    ailleurs.locator("input[name=code]").fill("000000")
    ailleurs.locator("main form button[type=submit]").first.click()
    expect(ailleurs.locator(".errorlist, .refus, [aria-invalid=true]").first).to_be_visible()
    regarder(ailleurs, sans_defaut_axe)
    ailleurs.locator("input[name=code]").fill(secours[0])
    ailleurs.locator("main form button[type=submit]").first.click()
    expect(ailleurs).to_have_url(re.compile("/animer/"))


def test_six_figures_of_the_application_open_the_desk(serveur, ouvrir):
    compte = f.creer_compte(password=MOT_DE_PASSE)
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(compte, secret)
    ecran = ouvrir(None, largeur=390)
    se_connecter(ecran, compte)
    expect(ecran).to_have_url(re.compile(reverse("mfa_authenticate")))
    ecran.get_by_label("Les chiffres, ou le code de secours").fill(code_du_moment(secret))
    ecran.get_by_role("button", name="Se connecter", exact=True).click()
    expect(ecran).to_have_url(re.compile("/animer/"))
