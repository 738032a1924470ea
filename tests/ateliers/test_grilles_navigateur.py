"""A questionnaire from the organiser's desk to a phone without scripts, in a real browser."""

import os
import re

import pytest
from playwright.sync_api import expect

from consultation.models import CopieGrille, Grille
from tests import fabriques as f
from tests.consultation.test_grilles_lecture import recevoir
from tests.parcours.gestes import se_connecter

pytestmark = pytest.mark.parcours


def photo(page, nom):
    if dossier := os.environ.get("PHOTOS"):
        page.screenshot(path=f"{dossier}/{nom}.png", full_page=True)


@pytest.fixture(scope="module")
def consultation(serveur):
    return f.creer_consultation(titre="Séminaire des Trois Rives")


def test_a_grille_is_written_at_the_desk_and_answered_on_a_phone_without_scripts(
    consultation, ouvrir, sans_defaut_axe
):
    bureau = ouvrir("", largeur=1440, hauteur=1000)
    se_connecter(bureau, f.creer_organisateur(consultation))
    bureau.goto(f"/gestion/consultations/{consultation.pk}/grilles/")
    sans_defaut_axe(bureau)
    bureau.get_by_role("link", name="Ajouter une grille").first.click()
    bureau.locator("[name=titre]").fill("Mon parcours ici")
    bureau.get_by_label(re.compile("Satisfaction en parcours")).check()
    photo(bureau, "grille-nouvelle")
    sans_defaut_axe(bureau)
    bureau.get_by_role("button", name="Commencer").click()

    bureau.get_by_role("link", name=re.compile("Combien d’heures")).click()
    expect(bureau.get_by_text(re.compile("seulement si la réponse à la question 4"))).to_be_visible()
    expect(bureau.locator("[name=choix]")).to_be_hidden()
    expect(bureau.locator("[name=maxi]")).to_have_value("151")
    expect(bureau.frame_locator("iframe").get_by_role("heading", name=re.compile("Combien"))).to_be_visible()
    photo(bureau, "grille-construire")
    sans_defaut_axe(bureau)
    bureau.locator("[name=libelle]").fill("Combien d’heures avez-vous eues ?")
    bureau.get_by_role("button", name="Enregistrer la question").click()
    expect(bureau.frame_locator("iframe").get_by_text(re.compile("avez-vous eues"))).to_be_visible()
    bureau.get_by_role("link", name="Titre et parties").click()
    photo(bureau, "grille-presentation")
    sans_defaut_axe(bureau)
    bureau.get_by_role("link", name="Mettre en ligne").click()
    bureau.get_by_role("button", name="Mettre en ligne").click()
    expect(bureau.get_by_role("img", name="Code QR de la grille")).to_be_visible()
    photo(bureau, "grille-en-ligne")
    sans_defaut_axe(bureau)

    telephone = ouvrir(f"/g/{Grille.objects.get().code}/", largeur=320, java_script_enabled=False)
    photo(telephone, "grille-debut")
    telephone.locator("[name=college]").first.check(force=True)
    telephone.get_by_role("button", name="Commencer").click()
    telephone.get_by_label("Plus d’un an").check(force=True)
    assert telephone.evaluate("document.querySelector('.avancer button').offsetHeight") < 80
    photo(telephone, "grille-question")
    telephone.get_by_role("button", name="Suivant").click()
    expect(telephone.get_by_text("Question 2 sur 10")).to_be_visible()
    assert CopieGrille.objects.get().valeurs == {"q1": {"": "plus_dun_an"}}

    bureau.get_by_role("button", name="Clore la grille").click()
    for reponse in ("moins_de_trois_mois", "de_trois_mois_a_un_an", "plus_dun_an"):
        recevoir(Grille.objects.get(), "salaries", 9, q1=reponse, q6="Un livret d’accueil")
        recevoir(Grille.objects.get(), "permanents", 7, q1=reponse, q6="Du temps")
    bureau.get_by_role("link", name="Lire les réponses").click()
    expect(bureau.get_by_text("16 personnes sur 48").first).to_be_visible()
    photo(bureau, "grille-lire")
    sans_defaut_axe(bureau)
    bureau.get_by_role("link", name="Lire 48 réponses écrites").click()
    expect(bureau.get_by_label("Du temps").first).to_be_visible()
    photo(bureau, "grille-textes")
    sans_defaut_axe(bureau)
