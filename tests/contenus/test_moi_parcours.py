"""From the square of one's booklet to one's own page, on a small phone, scripts or not."""

import pytest
from playwright.sync_api import expect

from consultation import actions
from tests.fabriques import (
    creer_espace,
    creer_participant,
    creer_piste,
    creer_proposition,
    creer_scrutin,
    faire_voter,
)

pytestmark = pytest.mark.parcours

OUVERTURES = [
    {"largeur": 390},
    {"largeur": 320, "hauteur": 640},
    {"largeur": 390, "color_scheme": "dark"},
]


@pytest.fixture(scope="module")
def sonia(base_du_serveur):
    espace = creer_espace(titre="Apprendre et transmettre")
    sonia = creer_participant(espace.consultation, prenom="Sonia", accord_publication=False)
    creer_proposition(espace, "Des vestiaires chauffés", sonia)
    mienne = creer_proposition(espace, "Apprendre à deux, avec quelqu’un qui sait", sonia)
    piste = creer_piste(espace, "Apprendre en binôme", [mienne, creer_proposition(espace)])
    scrutin = creer_scrutin(espace, pistes=[piste])
    faire_voter(scrutin, "salaries", 6, {piste: 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    return sonia


def sans_debordement(page):
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("options", OUVERTURES)
def test_every_screen_of_my_page_is_accessible_and_holds_its_width(ouvrir, sonia, sans_defaut_axe, options):
    page = ouvrir(f"/m/{sonia.code_personnel}/", **options)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Sonia")
    page.get_by_text("Montrer mon code personnel").click()
    expect(page.get_by_text(sonia.code_lisible)).to_be_visible()
    for adresse in (None, f"/moi/effacer/{sonia.pk}/", "/moi/carnet/"):
        if adresse:
            page.goto(adresse)
        sans_defaut_axe(page)
        sans_debordement(page)


def test_what_became_of_my_words_is_two_touches_away_without_scripts(ouvrir, sonia):
    page = ouvrir(f"/m/{sonia.code_personnel}/", java_script_enabled=False)
    page.get_by_text("Apprendre à deux, avec quelqu’un qui sait").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(
        ["Vous l’avez écrite", "Elle a rejoint 1 autre", "La salle a voté pour", "Et après\u202f?"]
    )


def test_the_page_of_a_proposition_is_accessible_all_unfolded(ouvrir, sonia, sans_defaut_axe):
    page = ouvrir("/moi/", qui=sonia, largeur=320, hauteur=640)
    page.get_by_text("Apprendre à deux, avec quelqu’un qui sait").click()
    page.get_by_text("Lire l’autre").click()
    sans_defaut_axe(page)
    sans_debordement(page)


def test_leaving_then_coming_back_with_the_code(ouvrir, sonia):
    page = ouvrir(f"/m/{sonia.code_personnel}/", java_script_enabled=False)
    page.get_by_role("button", name="Ce téléphone n’est pas à moi").click()
    page.get_by_label("Mon code").fill(sonia.code_lisible.lower())
    page.get_by_role("button", name="Voir ma page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Sonia")
