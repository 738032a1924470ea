"""docs/direct.md names every section, every field and every message of the live path."""

import re
from pathlib import Path

import pytest

from ateliers import actions
from ateliers.direct import cadres, consumers, hub, public

from .fabriques_ateliers import faire_atelier, faire_etapes, faire_participant, faire_pistes

PAGE = (Path(__file__).parents[2] / "docs" / "direct.md").read_text(encoding="utf-8")


def lignes(titre):
    """The rows of the table of a chapter: {first cell: the whole row}."""
    chapitre = PAGE.split(f"## {titre}\n", 1)[1].split("\n## ")[0]
    return {m[1]: m[0] for m in re.finditer(r"^\| `(\w+)` \|.*$", chapitre, re.MULTILINE)}


def champs(valeur):
    """Every field name inside a section."""
    if isinstance(valeur, dict):
        return set(valeur).union(*(champs(v) for v in valeur.values()))
    return set().union(*(champs(v) for v in valeur)) if isinstance(valeur, list) else set()


def test_the_messages_are_the_documented_ones():
    assert set(lignes("The socket")) == {str(quoi) for quoi in public.Quoi}


def test_the_audiences_are_the_documented_ones():
    assert all(f"`{audience}`" in PAGE for audience in cadres.AUDIENCES)


@pytest.mark.django_db
def test_the_sections_and_their_fields_are_the_documented_ones():
    atelier = faire_atelier()
    _ideation, vote = faire_etapes(atelier, "ideation", "vote")
    (piste,) = faire_pistes(atelier, 1)
    personne = faire_participant(atelier)
    actions.ouvrir_etape(etape=atelier.etapes.get(nature="ideation"), par=None)
    actions.proposer(atelier=atelier, participant=personne, texte="Une idée assez longue.")
    actions.ouvrir_etape(etape=vote, par=None)
    actions.voter(atelier=atelier, participant=personne, choix={piste.pk: 1})
    actions.clore_etape(etape=vote, par=None)
    actions.ouvrir_etape(etape=atelier.etapes.get(nature="ideation"), par=None)
    _seq, etats = cadres.rendre(atelier.pk)
    documentees = lignes("The state, by sections")
    assert set(etats[cadres.CONSOLE]) == set(cadres.SECTIONS) == set(documentees)
    for nom, valeur in etats[cadres.CONSOLE].items():
        absents = {champ for champ in champs(valeur) if f"`{champ}`" not in documentees[nom]}
        assert (nom, absents) == (nom, set())


def test_the_numbers_are_the_documented_ones():
    assert (hub.TICK, hub.VEILLE, hub.PATIENCE, consumers.PONG) == (0.25, 3.0, 20.0, 5.0)
    assert cadres.DERNIERES == {"participants": 5, "projection": 8, "console": 8}
    assert public.CADENCE == {"participants": 0.75, "projection": 0.25, "console": 0.25}
