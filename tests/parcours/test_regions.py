"""A national seminar followed up in a region, from its opening to the map of the home page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from consultation.models import Suivi
from contenus.amorce import poser_arborescence
from tests import fabriques

pytestmark = pytest.mark.parcours

MOT = "Dites d’abord ce que les salariés ont demandé."


@pytest.fixture(scope="module")
def national(serveur):
    """A seminar that five people of Brittany and one of Corsica came to; they left three pistes."""
    poser_arborescence()
    france = fabriques.creer_territoire(nom="France", niveau="nation")
    bretagne, corse = (
        fabriques.creer_territoire(nom=nom, niveau="region", parent=france) for nom in ("Bretagne", "Corse")
    )
    consultation = fabriques.creer_consultation(titre="Séminaire national", territoire=france)
    espace = fabriques.creer_espace(consultation=consultation)
    gens = fabriques.creer_participants(consultation, 5, territoire=bretagne, accord_publication=True)
    fabriques.creer_participant(consultation, territoire=corse)
    for rang, qui in enumerate(gens[:3], 1):
        proposition = fabriques.creer_proposition(espace, f"Une idée de Bretagne, la {rang}e.", qui)
        fabriques.creer_piste(espace, f"Piste née en Bretagne, {rang}", [proposition])
    gens_du_bureau = {
        "organisation": fabriques.creer_organisateur(consultation),
        "edition": fabriques.creer_editeur(consultation),
    }
    return consultation, gens_du_bureau


def ouvrir_les_suivis(page, consultation):
    """From the preparation of the seminar to its calendar; return the region where someone may write."""
    page.goto(reverse("gestion:preparation", args=[consultation.pk]))
    page.get_by_role("link", name=re.compile("Suivi des régions")).first.click()
    expect(page.get_by_text("Aucune région ne suit encore ce séminaire.")).to_be_visible()
    page.get_by_role("link", name="Ouvrir un suivi").click()
    page.get_by_label("Corse, 1 personne au séminaire").uncheck()
    page.get_by_label("Synthèse attendue le").fill((timezone.localdate() + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="Ouvrir les suivis").click()
    expect(page.get_by_text("1 suivi est ouvert.")).to_be_visible()
    expect(page.get_by_role("link", name="Nommer un référent Bretagne")).to_be_visible()
    return Suivi.objects.get(nationale=consultation)


def ecrire_en_region(page, suivi):
    """The region takes a piste over, writes a sentence on it, and hands its synthesis over."""
    page.goto(reverse("gestion_ateliers:suivi", args=[suivi.nationale_id, suivi.pk]))
    page.get_by_label(re.compile("Piste née en Bretagne, 2")).check()
    page.get_by_role("button", name="Reprendre les pistes cochées").click()
    expect(page.get_by_text("1 piste est dans la région.")).to_be_visible()
    page.get_by_role("link", name="Commencer la synthèse").click()
    page.get_by_role("link", name=re.compile("^Ouvrir une synthèse")).click()
    page.get_by_label("Titre").fill("Ce que dit la Bretagne")
    page.get_by_role("button", name="Ouvrir le brouillon").click()
    page.get_by_role("textbox", name="Chapeau").fill("Cinq personnes étaient au séminaire.")
    page.get_by_role("button", name="Enregistrer le chapeau").click()
    page.locator("[id^=nouvelle-phrase-] a").first.click()
    page.get_by_label("Votre phrase").fill("On apprend à deux.")
    page.get_by_label(re.compile("Piste née en Bretagne, 2")).check()
    page.get_by_role("button", name="Enregistrer la phrase").click()
    expect(page.locator(".messages")).to_have_text("La phrase est ajoutée.")
    page.get_by_role("button", name="Soumettre").click()


def relire(page, consultation):
    page.goto(reverse("gestion_ateliers:suivis", args=[consultation.pk]))
    page.get_by_role("link", name="Relire Bretagne").click()
    expect(page.get_by_text("On apprend à deux.")).to_be_visible()


def test_a_region_writes_is_sent_back_is_published_and_lights_on_the_map(national, ouvrir, sans_defaut_axe):
    consultation, bureau = national
    organisation = ouvrir("", qui=bureau["organisation"], largeur=1280, hauteur=900)
    suivi = ouvrir_les_suivis(organisation, consultation)
    sans_defaut_axe(organisation)

    rapporteur = fabriques.creer_mandat("rapporteur", suivi.regionale)
    region = ouvrir("", qui=rapporteur, largeur=1280, hauteur=900)
    ecrire_en_region(region, suivi)
    sans_defaut_axe(region)

    relire(organisation, consultation)
    sans_defaut_axe(organisation)
    organisation.get_by_label("Un mot au groupe régional").fill(MOT)
    organisation.get_by_role("button", name=re.compile("Renvoyer")).click()
    region.goto(reverse("gestion_ateliers:suivi", args=[consultation.pk, suivi.pk]))
    expect(region.get_by_text(MOT)).to_be_visible()
    region.get_by_role("link", name="Écrire la synthèse").click()
    region.get_by_role("button", name="Soumettre").click()
    expect(region.get_by_text("La synthèse est soumise.")).to_be_visible()

    relire(organisation, consultation)
    organisation.get_by_role("button", name="Ouvrir sa page, pour la publier").click()
    organisation.wait_for_url(re.compile(r"/gestion/pages/\d+/edit/"))
    organisation.get_by_role("button", name="Plus d'actions").last.click()
    organisation.locator("button[name=action-publish]").click()
    organisation.wait_for_url(re.compile(r"/gestion/pages/\d+/$"))

    lectrice = ouvrir("/")
    lectrice.get_by_role("link", name=re.compile("Bretagne")).first.click()
    expect(lectrice.get_by_text("On apprend à deux.")).to_be_visible()
    sans_defaut_axe(lectrice)
    plis = lectrice.locator("main details:not([open]) > summary")
    while plis.count():
        plis.first.click()
    lectrice.get_by_role("link", name=re.compile("née d’une proposition")).first.click()
    expect(lectrice.get_by_text("Une idée de Bretagne, la 2e.")).to_be_visible()
    organisation.goto(reverse("gestion_ateliers:suivis", args=[consultation.pk]))
    expect(organisation.get_by_text("1 sur 1").first).to_be_visible()
