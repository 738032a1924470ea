"""The pages of this folder, in a real browser: account, refusals, language, the sheet of components."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

pytestmark = pytest.mark.parcours

MOT_DE_PASSE = "une graine, une pousse"


@pytest.fixture(scope="module")
def compte(serveur):
    return get_user_model().objects.create_user("camille@exemple.fr", MOT_DE_PASSE)


@pytest.mark.parametrize(
    "chemin", ["/compte/login/", "/compte/password/reset/", "/compte/signup/", "/rien/du/tout/"]
)
def test_account_and_error_pages_fit_and_have_no_axe_defect(ouvrir, sans_defaut_axe, chemin):
    page = ouvrir(chemin)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for largeur in (320, 1280):
            page.set_viewport_size({"width": largeur, "height": 844})
            assert (theme, page.evaluate("document.documentElement.scrollWidth")) == (theme, largeur)
            sans_defaut_axe(page)


def test_a_wrong_password_is_told_and_the_address_kept(ouvrir, compte, sans_defaut_axe):
    page = ouvrir("/compte/login/")
    page.fill("#id_login", "camille@exemple.fr")
    page.fill("#id_password", "ce n’est pas le bon")
    page.click("main button[type=submit]")
    expect(page.locator("[role=alert]")).to_have_count(1)
    expect(page.locator("#id_login")).to_have_value("camille@exemple.fr")
    sans_defaut_axe(page)


def test_the_right_password_opens_the_workshops(ouvrir, compte):
    page = ouvrir("/compte/login/")
    page.fill("#id_login", "Camille@exemple.fr")
    page.fill("#id_password", MOT_DE_PASSE)
    page.click("main button[type=submit]")
    page.wait_for_url("**/animer/")


def test_the_language_changes_only_when_the_visitor_asks(ouvrir):
    page = ouvrir("/compte/login/", locale="en-US")
    page_lue = page.locator("html")
    expect(page_lue).to_have_attribute("lang", "fr")
    page.click("button[value=en]")
    expect(page_lue).to_have_attribute("lang", "en")
    page.wait_for_load_state()
    page.click("button[value=fr]")
    expect(page_lue).to_have_attribute("lang", "fr")


def test_the_typeface_comes_from_the_site_and_nothing_from_elsewhere(ouvrir, serveur):
    page = ouvrir(None)
    demandes = []
    page.on("request", lambda demande: demandes.append(demande.url))
    page.goto("/compte/login/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('400 16px \"Atkinson Hyperlegible\"')") is True
    assert {url.startswith(serveur.url) for url in demandes} == {True}
    assert [url.rsplit("/", 1)[1] for url in demandes if url.endswith(".woff2")]
