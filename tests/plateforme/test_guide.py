"""The guide inside the administration: read, searched, linked from each screen of the desk, shown safely."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import get_resolver, reverse

from consultation.textes import plier
from contenus.html import montrer_guide
from plateforme import guide
from tests import fabriques as f
from tests.attaques.monde import adresses
from tests.attaques.test_droits import DECISIONS
from tests.serveurs import RACINE

ANCRES = {(page.nom, section.ancre) for page in guide.lire().values() for section in page.sections}


def test_every_page_of_the_guide_is_there():
    assert sorted(guide.lire()) == sorted(chemin.stem for chemin in (RACINE / "docs/guide").glob("*.md"))


def test_every_screen_of_the_desk_leads_to_a_section_that_exists():
    assert {guide.SECTIONS[nom].partition("#")[::2] for nom in guide.SECTIONS} - ANCRES == set()
    bureau = [
        nom
        for nom in adresses()
        if nom.startswith(("gestion", "consultations:", "territoires:", "structures:", "contenus_"))
        and DECISIONS[nom][0] is not None
    ]
    assert [nom for nom in bureau if not guide.adresse_de_l_aide(nom)] == []
    assert guide.adresse_de_l_aide("gestion:colleges_ajouter") == "/gestion/aide/preparer/#2-les-colleges"
    assert guide.adresse_de_l_aide("rejoindre") == ""


def test_no_screen_is_helped_by_what_tells_of_another():
    """A section tells of a screen when it says a word of the screen's name. A default hid those forgotten."""
    sections = {(page.nom, s.ancre): s.mots for page in guide.lire().values() for s in page.sections}
    perdus = []
    for nom, titre in titres_des_ecrans(get_resolver()):
        page, _barre, ancre = guide.adresse_de_l_aide(nom).removeprefix(reverse("aide")).partition("/#")
        page = page.strip("/")
        dits = (
            sections[page, ancre] if ancre else " ".join(mots for cle, mots in sections.items() if cle[0] == page)
        )
        if not any(mot[:6] in dits for mot in plier(titre).split() if len(mot) > 3):
            perdus.append((nom, titre, page, ancre))
    assert perdus == []
    assert guide.adresse_de_l_aide("gestion_ateliers:neuf") == ""
    assert [
        guide.adresse_de_l_aide(f"gestion_{nom}").removeprefix(reverse("aide"))
        for nom in ("ateliers:inscriptions_resultats", "ateliers:poser_deroule", "immersions:trimestre")
    ] == ["preparer/#6-les-inscriptions", "preparer/#changer-un-deroule", "immersions/#le-tableau-du-trimestre"]


def titres_des_ecrans(resolveur, espace=""):
    """(full name, title) of the desk's screens that say theirs before they are asked for."""
    for motif in resolveur.url_patterns:
        if hasattr(motif, "url_patterns"):
            yield from titres_des_ecrans(motif, f"{espace}{motif.namespace}:" if motif.namespace else espace)
        elif espace.startswith("gestion"):
            vue = getattr(motif.callback, "view_class", None)
            rubrique = getattr(motif.callback, "view_initkwargs", {}).get("rubrique")
            if titre := getattr(vue, "page_title", "") or getattr(rubrique, "titre", ""):
                yield espace + motif.name, str(titre)


def test_links_between_pages_lead_to_pages_and_every_anchor_stands_once():
    for page in guide.lire().values():
        soupe = BeautifulSoup(page.html, "html.parser")
        liens = {a["href"].partition("#")[0] for a in soupe.find_all("a") if "://" not in a["href"]}
        assert liens <= {reverse("aide"), *(reverse("guide", args=[nom]) for nom in guide.PAGES)}
        ancres = [e["id"] for e in soupe.find_all(id=True)]
        assert sorted(ancres) == sorted(s.ancre for s in page.sections if s.ancre)
        assert len(set(ancres)) == len(ancres)


def test_nothing_dangerous_passes():
    page = guide._page("essai", "# T\n\n## Un\n\n<script>x</script> [a](javascript:x) <b onclick=x>b</b>\n")
    assert "<script" not in page.html
    assert montrer_guide('<h2 id="a" onclick="x">T</h2><img src=x><a href="javascript:x">y</a>') == (
        '<h2 id="a">T</h2><a>y</a>'
    )


@pytest.mark.parametrize(
    ("mots", "trouves"), [("SÉUIL quorum", {"preparer", "projeter"}), ("agrafe", {"imprimer"}), ("zzz", set())]
)
def test_words_are_found_whatever_their_accents(mots, trouves):
    assert {page.nom for page, _sections in guide.chercher(mots)} == trouves


@pytest.mark.django_db
def test_the_list_the_page_and_the_link_are_in_the_administration(client):
    consultation = f.creer_consultation()
    client.force_login(f.creer_organisateur(consultation))
    liste = client.get(reverse("aide"), {"q": "depouillé <b>"}).content.decode()
    assert "Aucune page du guide ne contient ces mots." in liste
    assert 'value="depouillé &lt;b&gt;"' in liste
    page = client.get(reverse("guide", args=["preparer"])).content.decode()
    assert '<h2 id="2-les-colleges">2. Les collèges</h2>' in page
    ecran = client.get(reverse("gestion:colleges", args=[consultation.pk])).content.decode()
    assert re.findall(r'<a class="lien-aide" href="([^"]*)"', ecran) == ["/gestion/aide/preparer/#2-les-colleges"]
    assert client.get(reverse("guide", args=["rien"])).status_code == 404
    assert '"label": "Guide"' in ecran


@pytest.mark.django_db
def test_the_menu_leads_to_no_page_of_wagtail_s(client):
    client.force_login(f.creer_compte(is_superuser=True, is_staff=True))
    assert re.findall(r"https://[^\"]*wagtail[^\"]*", client.get(reverse("aide")).content.decode()) == []
