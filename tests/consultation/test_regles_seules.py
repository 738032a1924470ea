"""Rights have one reader: no module but `consultation.regles` asks the base who holds which mandate."""

import ast
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2]
LECTEUR, REDACTEUR = "consultation/regles.py", "consultation/actions/mandats.py"
#: What asks the base. The words of the roles (`Mandat.Role`) may be used by all.
PORTES = {"objects", "_default_manager", "_base_manager"}


def fichiers():
    for dossier in ("consultation", "ateliers", "contenus", "site"):
        for chemin in (RACINE / dossier).rglob("*.py"):
            if "migrations" not in chemin.parts:
                yield chemin


def lectures(texte):
    """Return the lines at which a module reads mandates, through their manager, a relation or a lookup."""
    lues = []
    for noeud in ast.walk(ast.parse(texte)):
        if isinstance(noeud, ast.Attribute):
            par_la_porte = noeud.attr in PORTES and getattr(noeud.value, "id", "") == "Mandat"
            if par_la_porte or noeud.attr in ("mandats", "mandat_set"):
                lues.append(noeud.lineno)
        elif isinstance(noeud, ast.keyword) and (noeud.arg or "").startswith(("mandats__", "mandats")):
            lues.append(noeud.value.lineno)
        elif isinstance(noeud, ast.Constant) and str(noeud.value).startswith("mandats__"):
            lues.append(noeud.lineno)
    return lues


@pytest.mark.parametrize(
    "ligne",
    [
        "Mandat.objects.filter(compte=c)",
        "compte.mandats.all()",
        "comptes.filter(mandats__role='editeur')",
        "comptes.order_by('mandats__role')",
        "comptes.filter(mandats=m)",
    ],
)
def test_each_way_of_reading_a_mandate_is_seen(ligne):
    assert lectures(ligne) == [1]


def test_only_the_rules_read_mandates():
    lues = {
        str(chemin.relative_to(RACINE)): lectures(chemin.read_text())
        for chemin in fichiers()
        if str(chemin.relative_to(RACINE)) not in (LECTEUR, REDACTEUR)
    }
    assert {nom: lignes for nom, lignes in lues.items() if lignes} == {}


def test_the_writer_of_mandates_only_writes():
    texte = (RACINE / REDACTEUR).read_text()
    lignes = texte.splitlines()
    assert [lignes[n - 1].strip() for n in lectures(texte)] == ["mandat, cree = Mandat.objects.get_or_create("]
