"""Whom a synthesis cites: the share of each college's propositions found again in it, in exact fractions.

Only propositions are counted here, never votes. A college of fewer than five people is told with others, as one
group: its own figure would say what becomes of the words of a few. Every screen, page and paper reads `mesurer`.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from .formes import SEUIL_SECRET
from .reunion import reunir

#: Beyond this, in points out of a hundred, the gap between the best and the worst cited is explained in print.
ECART_MAX = 10


@dataclass(frozen=True)
class Dit:
    """What one college said: `citees` of its `total` propositions are cited; `personnes` wrote them."""

    citees: int
    total: int
    personnes: int


@dataclass(frozen=True)
class Groupe:
    """One line of the meter: `colleges` (ids, in the order given), of whom `citees` of `total` are cited."""

    colleges: tuple
    citees: int
    total: int

    @property
    def part(self):
        return Fraction(self.citees, self.total)


def mesurer(dits):
    """Return the Groupes of {college id: Dit}, in its order; none when fewer than five people wrote in all.

    Colleges of fewer than five people make one group: see `reunion.reunir`.
    """
    dits = {college: dit for college, dit in dits.items() if dit.total}
    petits = reunir({college: dit.personnes for college, dit in dits.items()})
    if sum(dit.personnes for dit in dits.values()) < SEUIL_SECRET:
        return []
    groupes = [_groupe(dits, [c]) for c in dits if c not in petits]
    return [*groupes, _groupe(dits, [c for c in dits if c in petits])] if petits else groupes


def _groupe(dits, colleges):
    return Groupe(tuple(colleges), sum(dits[c].citees for c in colleges), sum(dits[c].total for c in colleges))


def ecart(groupes):
    """Return the gap between the best and the worst cited, a Fraction; 0 when there are not two to compare."""
    parts = [groupe.part for groupe in groupes]
    return max(parts) - min(parts) if len(parts) > 1 else Fraction(0)


def en_points(ecart):
    """A gap in points, rounded up: 10.1 is told as 11, never as the 10 that needs no explanation."""
    return ceil(100 * ecart)


def a_expliquer(ecart):
    return ecart > Fraction(ECART_MAX, 100)
