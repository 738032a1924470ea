"""The proof asked at a door while codes are guessed, as a phone meets it: with scripts, and without."""

import urllib.error
import urllib.request

import pytest

from ateliers import essais

from .fabriques_salle import faire_atelier, faire_etapes

pytestmark = pytest.mark.parcours


@pytest.fixture(scope="module")
def atelier(base_du_serveur):
    atelier = faire_atelier()
    faire_etapes(atelier)
    return atelier


@pytest.fixture
def attaque(serveur, atelier):
    """A script guesses from the very address of the room until it is stopped."""
    for _rang in range(essais.PAR_MAISON + essais.PAR_ADRESSE + 20):
        try:
            urllib.request.urlopen(f"{serveur.url}/r/ZZZZZ2/").close()
        except urllib.error.HTTPError as refus:
            if refus.code == 429:
                return
    pytest.fail("The script was never stopped.")


def test_a_phone_that_scans_the_code_of_the_room_gets_in_by_itself(attaque, ouvrir):
    page = ouvrir("/r/K7P4M2/")
    page.wait_for_url("**/r/K7P4M2/")
    page.get_by_label("Votre prénom").fill("Sonia")
    page.locator("input[name=college]").first.check()
    page.get_by_role("button", name="Entrer dans l’atelier").click()
    page.wait_for_url("**/mon-code/")


def test_without_scripts_a_wait_is_enough(attaque, ouvrir):
    page = ouvrir("/r/K7P4M2/", java_script_enabled=False)
    assert page.get_by_label("Code de l’atelier").input_value() == "K7P4M2"
    assert "Attendez cinq secondes" in page.get_by_role("alert").inner_text()
    page.wait_for_timeout(5100)
    page.get_by_role("button", name="Continuer").click()
    assert page.get_by_label("Votre prénom").is_visible()
