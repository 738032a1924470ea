"""The plenary's list in a real browser: nothing out of the screen, nothing that a machine finds wrong."""

import pytest
from playwright.sync_api import expect

from ateliers.models import Atelier
from consultation import actions, lectures
from consultation.models import Mandat
from tests.fabriques import creer_consultation, creer_piste

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes

pytestmark = pytest.mark.parcours


@pytest.fixture
def pleniere(serveur):
    """A plenary and two workshops, one of which has nothing in the list yet."""
    consultation = creer_consultation()
    salle = faire_atelier(consultation, "PN2R4M", "Tous ensemble", nature=Atelier.Nature.PLENIERE)
    faire_etapes(salle, "discussion", "vote")
    faire_compte(consultation, Mandat.Role.ANIMATEUR, salle.espace, email="pleniere@exemple.test")
    ateliers = [
        faire_atelier(consultation, code, titre)
        for code, titre in (("AN2R4M", "Accueillir"), ("AN3R4M", "Apprendre"))
    ]
    une, deux, _trois = (
        creer_piste(a.espace, "Un temps pour apprendre, au planning")
        for a in (ateliers[0], ateliers[0], ateliers[1])
    )
    actions.reprendre_pistes(espace=salle.espace, pistes=[une, deux], par=None)
    return salle


def test_the_list_is_kept_with_the_keyboard_alone_and_reads_at_every_width(ouvrir, pleniere, sans_defaut_axe):
    chemin = f"/animer/{pleniere.pk}/liste/"
    page = ouvrir(f"/compte/login/?next={chemin}", largeur=1366, hauteur=768)
    page.fill("[name=login]", "pleniere@exemple.test")
    page.fill("[name=password]", "x")
    page.click("main button[type=submit]")
    page.get_by_role("button", name="Descendre la piste n° 1").press("Enter")
    expect(page.locator(".messages")).to_have_text("La piste n° 1 passe en place 2.")
    assert [p.piste.numero for p in lectures.liste(pleniere.espace)] == [2, 1]
    for suite in ("", "?envoyer=1", f"?avec={lectures.liste(pleniere.espace)[0].piste.pk}"):
        for largeur in (320, 768, 1366):
            page.set_viewport_size({"width": largeur, "height": 768})
            page.goto(chemin + suite)
            assert page.evaluate("document.documentElement.scrollWidth") <= largeur
        sans_defaut_axe(page)
