"""What the hand sees when the base cannot be written for a while: real browsers, a server that may not write."""

import os
import re
import resource

import pytest
from playwright.sync_api import expect

from ateliers import actions
from consultation.models import Mandat, Proposition
from tests.fabriques import creer_consultation

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes, faire_participant

pytestmark = pytest.mark.parcours
PHRASE = "Le site ne peut rien enregistrer pour le moment. Attendez un peu, puis envoyez à nouveau."
MOTS = "Prendre le temps d’apprendre."
RIEN = 1  # bytes a file of the server may hold


@pytest.fixture
def ecrire(serveur):
    """Return a function that lets the server write, or not: `ecrire(False)`."""

    def permettre(oui=True):
        infini = resource.RLIM_INFINITY
        resource.prlimit(serveur.pid, resource.RLIMIT_FSIZE, (infini if oui else RIEN, infini))

    yield permettre
    permettre()


@pytest.fixture
def salle(serveur):
    consultation = creer_consultation()
    atelier = faire_atelier(consultation, code=f"PANN{consultation.pk}2")
    actions.ouvrir_etape(etape=faire_etapes(atelier, "ideation")[0], par=None)
    return atelier


def montrer(page, nom):
    dossier = os.environ.get("GERMOIR_CAPTURES")
    if dossier:
        page.screenshot(path=f"{dossier}/{nom}.png", full_page=True)


def test_without_scripts_the_words_are_in_the_page_that_says_to_wait_and_leave_by_its_button(
    ouvrir, salle, ecrire
):
    page = ouvrir(f"/a/{salle.code}/", qui=faire_participant(salle), java_script_enabled=False)
    page.get_by_label("Ma piste").fill(MOTS)
    ecrire(False)
    page.get_by_role("button", name="Proposer ma piste").click()
    expect(page.get_by_role("alert")).to_have_text(PHRASE)
    expect(page.get_by_text(MOTS)).to_be_visible()
    montrer(page, "indisponible")
    ecrire()
    page.get_by_role("button", name="Envoyer à nouveau").click()
    expect(page).to_have_url(re.compile(r"\?envoyee=\d+$"))
    assert [p.texte for p in Proposition.objects.filter(espace=salle.espace)] == [MOTS]


def test_on_the_console_the_card_being_copied_stays_in_its_form(ouvrir, salle, ecrire, sans_defaut_axe):
    compte = faire_compte(
        salle.consultation, Mandat.Role.ANIMATEUR, salle.espace, email=f"a{salle.pk}@exemple.test"
    )
    page = ouvrir(f"/animer/{salle.pk}/?ouvert=carte", qui=compte, largeur=1280, hauteur=800)
    carte = page.locator("#papier form")
    carte.locator("textarea").fill(MOTS)
    carte.locator("[name=college]").first.check(force=True)
    ecrire(False)
    carte.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_have_text(PHRASE)
    expect(carte.locator("textarea")).to_have_value(MOTS)
    sans_defaut_axe(page)
    montrer(page, "console-indisponible")
    ecrire()
    carte.get_by_role("button").click()
    expect(page.get_by_text("Carte gardée.")).to_be_visible()
    expect(page.get_by_text(PHRASE)).to_have_count(0)
    assert [p.texte for p in Proposition.objects.filter(espace=salle.espace)] == [MOTS]


def test_the_page_that_says_to_wait_is_readable(ouvrir, salle, ecrire, sans_defaut_axe):
    page = ouvrir(f"/r/{salle.code}/", largeur=320)
    page.get_by_label("Votre prénom, ou un surnom").fill("Odile")
    page.locator("[name=college]").first.check(force=True)
    ecrire(False)
    page.evaluate("() => document.getElementById('entree').submit()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Un peu de patience")
    sans_defaut_axe(page)
    montrer(page, "indisponible-320")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    ecrire()
    page.get_by_role("button", name="Envoyer à nouveau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre code personnel")
