"""Who goes where: a proposal that spreads colleges and regions. Numbers in, numbers out; nothing is written.

As many people as possible go somewhere (augmenting paths: Kuhn, Naval Research Logistics 2, 1955), nobody twice.
Next is taken whoever is of the college, then the region, that the visit has least of; then who asked first.
"""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidat:
    """One person: their college and region (any key, or None for one not said), the visits asked for, in order."""

    cle: int
    college: int
    region: int | None
    visites: tuple


def repartir(candidats, places, presents=None):
    """Return {visit: [keys of the Candidats to take there]}, in the order of asking.

    `candidats`, the first who asked first; `places`: {visit: how many may still come}; `presents`: {visit: the
    Candidats who are there already}, among whom they mix.
    """
    prises, presents = {visite: [] for visite in places}, presents or {}
    rangs = {candidat.cle: rang for rang, candidat in enumerate(candidats)}
    restent = list(candidats)
    while choix := _le_plus_divers(restent, prises, places, presents, rangs):
        visite, candidat = choix
        prises[visite].append(candidat)
        restent.remove(candidat)
    for candidat in restent:
        _faire_de_la_place(candidat, prises, places, set())
    return {visite: sorted((c.cle for c in pris), key=rangs.get) for visite, pris in prises.items()}


def _le_plus_divers(restent, prises, places, presents, rangs):
    """Return the (visit, Candidat) that adds most to the mix where a place is left, or None."""
    meilleurs = []
    for visite, pris in prises.items():
        if len(pris) >= places[visite]:
            continue
        la = [*presents.get(visite, ()), *pris]
        colleges, regions = Counter(c.college for c in la), Counter(c.region for c in la)
        meilleurs += [
            (colleges[c.college], regions[c.region], rangs[c.cle], c.visites.index(visite), visite, c)
            for c in restent
            if visite in c.visites
        ]
    return min(meilleurs, key=lambda m: m[:5])[4:] if meilleurs else None


def _faire_de_la_place(candidat, prises, places, vues):
    """Seat someone whose visits are full by moving others to another they asked for. True if it could be done."""
    for visite in candidat.visites:
        if visite not in prises or visite in vues:
            continue
        vues.add(visite)
        if len(prises[visite]) < places[visite]:
            prises[visite].append(candidat)
            return True
        for autre in list(prises[visite]):
            if _faire_de_la_place(autre, prises, places, vues):
                prises[visite].remove(autre)
                prises[visite].append(candidat)
                return True
    return False
