"""What the documents say of the code, where a test can hold it."""

import re

import pytest

from plateforme.service import FILS
from tests.serveurs import RACINE

ARCHITECTURE = (RACINE / "docs/architecture.md").read_text()
PAGES = [*sorted((RACINE / "docs").rglob("*.md")), RACINE / "README.md", RACINE / "CONTRIBUTING.md"]


def test_the_connections_of_a_process_are_those_of_its_threads():
    """The threads of the pages, and three: the rooms, their common pages, the writer."""
    for page in ("docs/exploitation.md", "docs/exploitation/compose.yaml"):
        assert f"jusqu’à {FILS + 3} connexions" in (RACINE / page).read_text(), page


def test_the_service_worker_that_is_there_is_told():
    assert (RACINE / "ateliers/views/horsligne.py").exists()
    assert "No service worker" not in ARCHITECTURE


def glossaire():
    partie = ARCHITECTURE.split("## Glossary of rooms")[1].split("\n## ")[0]
    return re.findall(r"^\| ([^|]+) \| `([^`]+)` \|", partie, re.M)


@pytest.mark.parametrize(("mot", "lieu"), glossaire())
def test_each_room_of_the_glossary_is_where_it_says(mot, lieu):
    lieu = lieu.replace("ateliers/js", "ateliers/static/ateliers/js")
    assert [*RACINE.glob(lieu.rstrip("/") + "*")] != [], mot


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_to_a_file_of_ours_leads_somewhere(page):
    liens = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    assert [lien for lien in liens if not (page.parent / lien).exists() and lien != "SECURITY.md"] == []


def test_the_act_added_as_an_example_names_tests_that_exist():
    for fichier, nom in re.findall(
        r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (RACINE / "docs/ajouter-un-acte.md").read_text()
    ):
        assert not nom or f"def {nom}(" in (RACINE / fichier).read_text()


def test_the_scripts_ask_for_nothing_that_linux_alone_has():
    scripts = [p for p in (RACINE / ".ci").iterdir() if p.name in ("commun.sh", "preparer", "demo", "lint")]
    assert [p.name for p in scripts if re.search(r"sha256sum|mapfile|readlink -f", p.read_text())] == []
