"""What is promised in docs/securite.md is still said where it is said, and the tests it names exist."""

import re

import pytest
from django.conf import settings

_PAGE = settings.RACINE / "docs/securite.md"
_PARTIE = _PAGE.read_text().partition("## Chaque promesse et son essai")[2].partition("\n## ")[0]
PROMESSES = [
    [case.strip() for case in ligne.strip("|").split("|")]
    for ligne in _PARTIE.splitlines()
    if ligne.startswith("|") and not ligne.startswith(("| ---", "| Ce qui"))
]
#: Where else the house promises something to people.
AILLEURS = {
    "README.md", "contenus/pages_initiales.py", "docs/securite.md", "docs/domaine.md",
    "site/api/templates/api/page.html",
}  # fmt: skip


def sans_mise_en_forme(texte):
    return re.sub(r"\s+", " ", re.sub(r"\*\*|</?\w[^>]*>", "", texte))


@pytest.mark.parametrize(("dit", "ou", "essais"), PROMESSES, ids=lambda lu: lu[:40])
def test_each_promise_is_made_in_these_words_and_held_by_tests_that_exist(dit, ou, essais):
    mots = re.search(r"[«\"] ?(.+?) ?[»\"]", dit)[1]
    source = (settings.RACINE / ou.strip("`")).read_text()
    if ou == "`docs/securite.md`":
        source = source.replace(_PARTIE, "")
    assert mots in sans_mise_en_forme(source)
    nommes = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", essais)
    assert (len(nommes), essais) == (essais.count("`") // 2, essais)
    for fichier, nom in nommes:
        assert f"def {nom}(" in (settings.RACINE / fichier).read_text(), nom


def test_every_place_where_the_house_promises_has_its_lines():
    assert {ou.strip("`") for _dit, ou, _essais in PROMESSES} == AILLEURS
