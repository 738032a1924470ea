"""Each fault that docs/performance.md says is played, is."""

import re
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
DITS = sorted(set(re.findall(r"`([\w/]+\.py)(?:::(test_\w+))?`", (RACINE / "docs/performance.md").read_text())))
ESSAIS = [(fichier, nom) for fichier, nom in DITS if "test_" in fichier]


def test_the_page_names_the_tests_that_play_the_faults():
    assert len(ESSAIS) > 30


@pytest.mark.parametrize(("fichier", "nom"), ESSAIS)
def test_each_of_them_exists(fichier, nom):
    source = (RACINE / "tests/ateliers" / fichier).read_text()
    assert not nom or f"def {nom}(" in source
