"""The filters of the board of immersions, all read at once by someone who solves for what is not told."""

import random

import pytest

from immersions import comptage
from tests.immersions.test_comptage import OBSTACLES, Ligne

TABLES = ("genre", "secteur", "structure", "suite")


def lignes(*cas):
    """One immersion for each (who, kind, sector, structure, outcome)."""
    autres = {"duree": "1"} | dict.fromkeys(OBSTACLES, comptage.SANS)
    return [Ligne(qui, dict(zip(TABLES, cases, strict=True)) | autres) for qui, *cases in cas]


def au_hasard(graine):
    """A quarter of forty to ninety people, whose outcomes lean on where they come from."""
    hasard = random.Random(graine)
    poids = [[hasard.random() ** 2 for _suite in range(3)] for _secteur in range(3)]
    tirees = []
    for qui in range(hasard.randint(40, 90)):
        secteur = hasard.choices(range(3), [5, 3, 1])[0]
        suite = hasard.choices(("confirme", "abandon", "formation"), poids[secteur])[0]
        genre = hasard.choice(("decouverte", "decouverte", "validation"))
        tirees.append((qui, genre, ("batiment", "proprete", "aide")[secteur], hasard.choice("12"), suite))
    return tirees


def test_who_reads_every_filter_at_once_solves_for_no_hidden_figure():
    """All the tables and the three crossings, as equations in whole numbers: no cell of one to four is forced."""
    optimiser = pytest.importorskip("scipy.optimize")
    numpy = pytest.importorskip("numpy")
    dites = 0
    for graine in range(3):
        tirees = au_hasard(graine)
        chiffres = comptage.etablir(lignes(*tirees))
        cellules = sorted(
            {
                (g, s, t, u)
                for g in _des(tirees, 1)
                for s in _des(tirees, 2)
                for t in _des(tirees, 3)
                for u in _des(tirees, 4)
            }
        )
        egales, sommes = _equations(chiffres, cellules)
        dites += len(sommes)
        contraintes = optimiser.LinearConstraint(numpy.array(egales), sommes, sommes)
        for axe in range(3):
            for cible in sorted({(cellule[axe], cellule[3]) for cellule in cellules}):
                vrai = sum((ligne[axe + 1], ligne[4]) == cible for ligne in tirees)
                if not 0 < vrai < 5:
                    continue
                vise = numpy.array([int((cellule[axe], cellule[3]) == cible) for cellule in cellules])
                bornes = [
                    sens * round(optimiser.milp(sens * vise, constraints=contraintes, integrality=1).fun)
                    for sens in (1, -1)
                ]
                assert bornes[0] < bornes[1], (graine, cible)
    assert dites > 50  # a reading that saw nothing would prove nothing


def _des(tirees, axe):
    return sorted({ligne[axe] for ligne in tirees})


def _equations(chiffres, cellules):
    """Each figure told, as a row of 0 and 1 over the cells, and its sum."""
    egales, sommes = [], []
    for axe, table in enumerate(TABLES):
        for bloc, n in chiffres["tables"][table]:
            egales.append([int(cellule[axe] in bloc) for cellule in cellules])
            sommes.append(n)
    for axe, table in enumerate(comptage.CROISEES):
        for rang, cases in chiffres["croises"][table]:
            for colonne, n in cases:
                egales.append([int(c[axe] in rang and c[3] in colonne) for c in cellules])
                sommes.append(n)
    return egales, sommes
