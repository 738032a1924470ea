"""The first screens weigh little and ask nothing of anyone else: 60 kB at most, as a phone receives them."""

import gzip
import re
from posixpath import dirname, join, normpath

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client

from ateliers import actions
from ateliers.views.horsligne import COQUE
from plateforme.fichiers import Fichiers, alleger

from .fabriques_salle import faire_atelier, faire_etapes, faire_participant

pytestmark = pytest.mark.django_db
LIMITE = 60_000
DEJA_SERRES = (".woff2", ".png")


def lire(adresse):
    """The bytes of a static file, found as the product finds it."""
    chemin = finders.find(adresse.removeprefix("/static/"))
    assert chemin, f"{adresse} is linked and does not exist"
    with open(chemin, "rb") as fichier:
        contenu = fichier.read()
    return alleger(contenu.decode()).encode() if adresse.endswith((".js", ".css")) else contenu


def liens(adresse, contenu):
    """What a stylesheet or a module asks for in turn."""
    texte = contenu.decode()
    if adresse.endswith(".css"):
        trouves = re.findall(r"url\([\"']?([^)\"']+)", texte)
    else:
        trouves = re.findall(r"^(?:import|export)(?:[^\"';=]*?\bfrom)?\s*[\"']([^\"']+)[\"'];", texte, re.M)
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


def test_the_service_worker_keeps_every_file_these_pages_need(pages):
    demandes = {nom for page in pages.values() for nom in tout_ce_qui_est_charge(page)}
    assert demandes - {f"/static/{nom}" for nom in COQUE} == set()


def test_scripts_are_served_without_their_comments_and_margins(tmp_path):
    script = '// why\n/**\n * how\n */\nimport { a } from "./a.js"; // gone too\n  // gone\n'
    script += "  const adresse = `//x`; // not 'this' one\n"
    allege = "import { a } from \"./a.js\";\nconst adresse = `//x`; // not 'this' one\n"
    depot = Fichiers(location=tmp_path)
    depot.save("ateliers/js/essai.js", ContentFile(script.encode()))
    depot.save("wagtailadmin/js/essai.js", ContentFile(script.encode()))
    servis = [(tmp_path / dossier / "js/essai.js").read_text() for dossier in ("ateliers", "wagtailadmin")]
    assert servis == [allege, script]


def test_the_service_worker_rules_the_whole_site_and_is_asked_for_at_each_visit(client):
    reponse = client.get("/sw.js")
    assert (reponse.headers["Content-Type"], reponse.headers["Cache-Control"]) == (
        "text/javascript; charset=utf-8",
        "no-cache",
    )
    assert "worker-src 'self'" in reponse.headers["Content-Security-Policy"]
    assert re.findall(r'"(/static/[^"]+)"', reponse.content.decode()) == [
        *(f"/static/{nom}" for nom in COQUE),
        "/static/ateliers/js/veilleur.js",
    ]


def test_the_page_without_network_holds_nothing_of_anyone(client):
    sonia = faire_participant(faire_atelier(), prenom="Zéphyrine")
    client.get(f"/m/{sonia.code_personnel}/")
    page = client.get("/hors-ligne/").content.decode()
    assert ("Vous êtes hors connexion" in page, "Zéphyrine" in page) == (True, False)


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
