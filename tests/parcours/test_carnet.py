"""A booklet composed at the desk, run for twenty people, downloaded, and its square aimed at."""

import io
import re
from urllib.parse import urlsplit

import pypdf
import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse
from playwright.sync_api import expect

from contenus import tournee
from contenus.models import CarnetCompose
from tests import fabriques
from tests.contenus.fabriques_carnet import personne, programme, seminaire

pytestmark = pytest.mark.parcours

PRENOMS = [f"Lise{lettre}" for lettre in "abcdefghijklmnopqrst"]


@pytest.fixture(scope="module")
def consultation(serveur):
    consultation = seminaire()
    atelier = programme(consultation)
    for prenom in PRENOMS:
        personne(consultation, prenom, ateliers=[atelier], accord_publication=True)
    return consultation


def composer(page, consultation):
    """From the preparation of the seminar: a whole booklet is proposed, and kept."""
    page.goto(reverse("gestion:preparation", args=[consultation.pk]))
    page.get_by_role("link", name="Composer le carnet").click()
    page.get_by_role("button", name="Proposer un carnet").click()
    expect(page.get_by_role("button", name="Enregistrer")).to_be_visible()
    page.get_by_role("button", name="Enregistrer").click()
    assert len(CarnetCompose.objects.get(consultation=consultation).corps) > 5


def carres(pdf, combien):
    """The addresses of the squares of the first pages, read from each page as it is drawn."""
    with pypdfium2.PdfDocument(pdf) as pages:
        images = [pages[rang].render(scale=3).to_pil() for rang in range(combien)]
    return [lu.text for image in images for lu in zxingcpp.read_barcodes(image)]


def test_a_booklet_is_composed_run_for_twenty_and_a_square_opens_ones_page(consultation, ouvrir, sans_defaut_axe):
    page = ouvrir("", qui=fabriques.creer_organisateur(consultation), largeur=1280, hauteur=900)
    composer(page, consultation)
    sans_defaut_axe(page)

    page.goto(reverse("gestion:preparation", args=[consultation.pk]))
    page.get_by_role("link", name="Tirage des carnets", exact=True).click()
    expect(page.get_by_text("Rien n’a encore été tiré.")).to_be_visible()
    sans_defaut_axe(page)
    page.get_by_role("button", name="Tirer les carnets").click()
    expect(page.get_by_text("0 carnet sur 20.")).to_be_visible()
    tournee.avancer()
    page.reload()
    expect(page.get_by_text("20 carnets sur 20.")).to_be_visible()
    sans_defaut_axe(page)
    with page.expect_download() as telecharge:
        page.get_by_role("link", name="Télécharger le PDF").click()
    pdf = telecharge.value.path().read_bytes()

    mots = [" ".join(feuille.extract_text().split()) for feuille in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    a_qui = {rang: lu[1] for rang, dits in enumerate(mots) if (lu := re.search(r"Ce carnet est à (Lise\w)", dits))}
    assert list(a_qui.values()) == PRENOMS
    personnels = [adresse for adresse in carres(pdf, list(a_qui)[1]) if "/m/" in adresse]
    telephone = ouvrir(urlsplit(personnels[0]).path)
    expect(telephone.get_by_role("heading", level=1)).to_have_text(f"Bonjour {PRENOMS[0]}")
