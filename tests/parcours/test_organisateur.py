"""The organiser's desk in a browser: a list as it is becomes people, in a handful of clicks."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from consultation.models import Participant
from tests.ateliers.test_inscriptions_listes import qualite

from .gestes import se_connecter

pytestmark = pytest.mark.parcours

LISTE = Path(__file__).parents[1] / "ateliers" / "tableaux" / "comme-elle-est.xlsx"


def test_a_list_as_it_is_registers_everybody_in_four_clicks(ouvrir, serveur):
    consultation, par = qualite()
    page = ouvrir(largeur=320)
    se_connecter(page, par)
    page.goto(f"/gestion/consultations/{consultation.pk}/inscriptions/importer/")
    page.get_by_label("Votre liste").set_input_files(LISTE)
    for bouton in (
        "Lire ce tableau",
        "Garder ces colonnes et continuer",
        "Garder ces réponses et continuer",
        "Confirmer 118 inscriptions",
    ):
        page.get_by_role("button", name=bouton).click()
    expect(page.get_by_text("118 inscrits, 0 modifiés, 0 inchangés, 2 doublons réunis")).to_be_visible()
    assert Participant.objects.filter(consultation=consultation).count() == 118
