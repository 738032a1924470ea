"""The first screens weigh little and ask nothing of anyone else: 60 kB at most, as a phone receives them."""

import gzip
import re
from posixpath import dirname, join, normpath

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from ateliers import actions

from .fabriques_salle import faire_atelier, faire_etapes, faire_participant

pytestmark = pytest.mark.django_db
LIMITE = 60_000
DEJA_SERRES = (".woff2", ".png")


def lire(adresse):
    """The bytes of a static file, found as the product finds it."""
    chemin = finders.find(adresse.removeprefix("/static/"))
    assert chemin, f"{adresse} is linked and does not exist"
    with open(chemin, "rb") as fichier:
        return fichier.read()


def liens(adresse, contenu):
    """What a stylesheet or a module asks for in turn."""
    texte = contenu.decode()
    if adresse.endswith(".css"):
        trouves = re.findall(r"url\([\"']?([^)\"']+)", texte)
    else:
        trouves = re.findall(r"^(?:import|export)[^\"']*?[\"']([^\"']+)[\"'];", texte, re.M)
    return [lien if lien.startswith("/") else normpath(join(dirname(adresse), lien)) for lien in trouves]


def tout_ce_qui_est_charge(page):
    """{address: bytes} of what a browser fetches for this page: styles, scripts and what they import, fonts, icon.

    Every font of the stylesheets is counted, even those this page would not use.
    """
    a_voir = re.findall(r'<(?:script|link rel="(?:stylesheet|icon)")[^>]*?(?:src|href)="([^"]+)"', page)
    vus = {}
    while a_voir:
        adresse = a_voir.pop()
        if adresse in vus or adresse.startswith("data:"):
            continue
        assert adresse.startswith("/static/"), f"{adresse} is not ours"
        vus[adresse] = lire(adresse)
        if adresse.endswith((".css", ".js")):
            a_voir += liens(adresse, vus[adresse])
    return vus


def poids(page, fichiers):
    serre = sum(
        len(contenu) if adresse.endswith(DEJA_SERRES) else len(gzip.compress(contenu, 9))
        for adresse, contenu in fichiers.items()
    )
    return serre + len(gzip.compress(page.encode(), 6))


@pytest.fixture
def pages():
    atelier = faire_atelier()
    etape, _vote = faire_etapes(atelier)
    sonia = faire_participant(atelier)
    telephone = Client()
    pages = {"/rejoindre/": telephone.get("/rejoindre/"), "/r/K7P4M2/": telephone.get("/r/K7P4M2/")}
    telephone.get(f"/m/{sonia.code_personnel}/")
    actions.ouvrir_etape(etape=etape, par=None)
    return {nom: vue.content.decode() for nom, vue in {**pages, "/a/K7P4M2/": telephone.get("/a/K7P4M2/")}.items()}


def test_every_first_screen_weighs_at_most_60_kb_all_in(pages):
    pesees = {nom: poids(page, tout_ce_qui_est_charge(page)) for nom, page in pages.items()}
    assert {nom: poids for nom, poids in pesees.items() if poids > LIMITE} == {}


def test_no_page_asks_anything_of_another_site(pages):
    ailleurs = {
        nom: re.findall(r'(?:src|href|action)="((?:https?:)?//[^"]+)', page) for nom, page in pages.items()
    }
    assert ailleurs == {"/rejoindre/": [], "/r/K7P4M2/": [], "/a/K7P4M2/": []}


def test_the_scripts_and_styles_name_no_other_site(pages):
    fichiers = tout_ce_qui_est_charge(pages["/a/K7P4M2/"])
    assert {
        nom
        for nom, contenu in fichiers.items()
        if nom.endswith((".js", ".css"))
        and b"//" in re.sub(rb"^\s*//.*$|/\*.*?\*/|\s//\s[^\n]*", b"", contenu, flags=re.M | re.S)
    } == set()
