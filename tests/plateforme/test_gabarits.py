"""What no template of ours may hold, so that the strict content policy never blocks a page."""

import re

import pytest
from wagtail.admin.icons import get_icons

from tests.serveurs import RACINE

#: E-mails have no stylesheet but inline styles; the admin's pages are exempt from the policy.
EXEMPTS = re.compile(r"courriel|/email/|wagtailadmin/|/gestion/")
INTERDITS = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.S),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*\s(?:src=|type=\"application/json\"))[^>]*>", re.S),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.S),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "something from another site": re.compile(r"(?:src|<link[^>]*href)\s*=\s*[\"'](?:https?:)?//", re.S),
}


DOSSIERS = (
    "site/templates",
    "contenus",
    "ateliers",
    "consultation",
    "site/comptes",
    "site/forums",
    "site/courrier",
    "site/visites",
    "site/immersions",
    "site/recherche",
    "site/api",
)


def gabarits():
    return sorted(
        str(chemin.relative_to(RACINE))
        for dossier in DOSSIERS
        for chemin in (RACINE / dossier).rglob("*.html")
        if not EXEMPTS.search(str(chemin))
    )


@pytest.mark.parametrize("chemin", gabarits())
def test_a_template_holds_nothing_that_the_content_policy_refuses(chemin):
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", (RACINE / chemin).read_text(), flags=re.S)
    assert [nom for nom, motif in INTERDITS.items() if motif.search(source)] == []


#: An icon of the administration is as wide as what holds it.
BOUTON = re.compile(r'class="button(?![^"]*g-bouton)[^"]*"[^>]*>\s*\{% icon')


def test_a_button_of_the_desk_holds_its_icon_to_its_own_size():
    tous = (chemin for dossier in DOSSIERS for chemin in (RACINE / dossier).rglob("gestion/**/*.html"))
    # The arrows that move a line have a style of their own.
    assert {chemin.name for chemin in tous if BOUTON.search(chemin.read_text())} == {"boutons_ordre.html"}


ICONE = re.compile(r'\b(?:icon|icone|icon_name) ?= ?"([\w-]+)"|\{% icon name="([\w-]+)"')


def test_each_icon_of_the_desk_that_is_named_exists():
    connues = set(re.findall(r'id="icon-([\w-]+)"', get_icons()))
    sources = [f for d in (*DOSSIERS, "site") for sorte in ("*.py", "*.html") for f in (RACINE / d).rglob(sorte)]
    nommees = {"".join(nom) for source in sources for nom in ICONE.findall(source.read_text())}
    assert (nommees - connues, "check" in nommees) == (set(), True)


def test_the_guard_sees_what_it_must_see():
    fautes = {
        "an inline style": '<p style="color:red">',
        "a style element": "<style>p{}</style>",
        "an inline script": '<script type="module">1</script>',
        "an event attribute": '<a href="#" onclick="f()">',
        "a javascript: address": '<a href="javascript:f()">',
        "something from another site": '<script src="https://exemple.org/x.js"></script>',
    }
    vus = {nom: [n for n, motif in INTERDITS.items() if motif.search(faute)] for nom, faute in fautes.items()}
    assert vus == {nom: [nom] for nom in fautes}
