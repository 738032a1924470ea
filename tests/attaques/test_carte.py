"""The attacker before maps of opinions: nothing is found; without any one of their rules, something is."""

import random

import numpy as np
import pytest

from consultation.analyse.carte import Carte, Forme
from consultation.decomptes import opinions as o

from . import attaquant as a

FORMES = ("exact", "exact", "exact", "presque_tous", "peu", "tu")


def carte(graine):
    """(what is published of a map, the table of its vote): two or three groups, 0 to 8 people off the map."""
    hasard = random.Random(graine)
    tailles = sorted((hasard.randint(6, 30) for _groupe in range(hasard.randint(2, 3))), reverse=True)
    hors, pistes = hasard.randint(0, 8), list(range(9))
    groupes = [rang for rang, n in enumerate(tailles) for _qui in range(n)] + [-1] * hors
    votes = np.array([[hasard.choice([1.0, -1.0, (-1.0) ** (g + p)]) for p in pistes] for g in groupes])
    formes = [Forme(rang, n, hasard.uniform(-1, 1), hasard.uniform(-1, 1)) for rang, n in enumerate(tailles)]
    table = {"votants": len(groupes), "pistes": {str(p): {"forme": hasard.choice(FORMES)} for p in pistes}}
    return o.publier(Carte(np.array(groupes), 0, 0, formes, 0.9), votes, pistes, table), table


def trouvees(combien=200):
    cartes = map(carte, range(combien))
    return {fuite.comment for opinions, table in cartes for fuite in a.fuites_de_carte(table, opinions)}


def test_nothing_is_found_in_two_hundred_maps():
    assert trouvees() == set()


def test_some_maps_tell_who_is_off_them_and_some_do_not():
    assert {carte(graine)[0]["hors"] for graine in range(60)} == {None, 5, 6, 7, 8}


@pytest.mark.parametrize(
    ("regle", "sans", "comment"),
    [("SEUIL_SECRET", 0, "différence"), ("EXACT", "presque_tous", "croisé"), ("PAS", 1000, "placé")],
)
def test_without_any_one_rule_something_is_found(monkeypatch, regle, sans, comment):
    monkeypatch.setattr(o, regle, sans)
    assert comment in trouvees(60)
