"""Ranking by priority: an order of at most five pistes, and the points it gives.

Borda's count ("Mémoire sur les élections au scrutin", 1781), as modified by Emerson for ballots that do not rank
everything ("The original Borda count and partial voting", Social Choice and Welfare 40, 2013): who ranks m pistes
gives m points to the first, one less to each next, 1 to the last, none to the others. Leaving the last one out
takes a point from each of those kept, and changes no gap between them: nobody gains by ranking fewer.

An order is written as one number a piste, 10 × how many are ranked + its place: either alone does not say how many
points it is.
"""

from collections import Counter

PISTES_MAX = 5
#: What someone can hold on a piste, whatever they ranked beside it.
VALEURS = tuple(10 * combien + place for combien in range(1, PISTES_MAX + 1) for place in range(1, combien + 1))


def ecrire(places: dict[int, int]) -> dict[int, int]:
    """Return {piste: value} of an order, {piste: place, 1 the first, 0 not ranked}.

    Places must be different; those left empty are closed up.
    """
    ordre = sorted((piste for piste, place in places.items() if place), key=lambda piste: places[piste])
    rangees = {piste: 10 * len(ordre) + place for place, piste in enumerate(ordre, 1)}
    return dict.fromkeys(places, 0) | rangees


def place_de(valeur: int) -> int:
    """Return the place that a value stands for, 0 of none."""
    return valeur % 10


def points_de(valeur: int) -> int:
    """Return the points that a value gives, 0 of none."""
    return valeur // 10 - valeur % 10 + 1 if valeur else 0


def places_qui_comptent(pistes: int) -> int:
    """Return how many first places make one of the people for a piste: half of `pistes`, 3 at most."""
    return max(1, min(3, pistes // 2))


def en_tete(par_college: dict, places: int) -> dict:
    """Return {college: {1: people}}, who put a piste in their first `places`, from {college: {value: n}}."""
    comptes = {
        college: sum(n for valeur, n in valeurs.items() if place_de(valeur) <= places)
        for college, valeurs in par_college.items()
    }
    return {college: {1: n} for college, n in comptes.items() if n}


def ranger(table: dict, valeurs: dict[int, dict], votants: int) -> None:
    """Write in the lines of a vote's table the place of each piste, and its points when they may be told.

    `valeurs`: {piste: {college: {value: people}}}. Equal points are one place; the next one leaves as many empty
    (1, 2, 2, 4). Points go with an exact number of people, and not
    when all voters, or all but one, gave as many: a figure would say what each gave. None is told then if
    all orders, or all but one, are as long: their sum would be known, and the figure had by subtraction.
    """
    donnes = {piste: _donnes(par_college, votants) for piste, par_college in valeurs.items()}
    totaux = {piste: sum(points * n for points, n in lus.items()) for piste, lus in donnes.items()}
    unanimes = {piste for piste, lus in donnes.items() if max(lus.values()) >= votants - 1}
    if unanimes and _aussi_longs(valeurs):
        unanimes = set(valeurs)
    for cle, ligne in table["pistes"].items():
        piste = int(cle)
        del ligne["gommettes"], ligne["quorum"]
        ligne["points"] = totaux[piste] if ligne["forme"] == "exact" and piste not in unanimes else None
        devant = sum(total > totaux[piste] for total in totaux.values())
        ligne["place"] = 1 + devant


def _donnes(par_college: dict, votants: int) -> Counter:
    """{points: people who gave them}, those who gave none included."""
    lus: Counter = Counter()
    for valeurs in par_college.values():
        for valeur, n in valeurs.items():
            lus[points_de(valeur)] += n
    lus[0] = votants - sum(lus.values())
    return lus


def _aussi_longs(valeurs: dict[int, dict]) -> bool:
    """Whether all orders, or all but one, rank as many pistes: each is known by its first place."""
    longueurs: Counter = Counter()
    for par_college in valeurs.values():
        for lus in par_college.values():
            for valeur, n in lus.items():
                longueurs[valeur // 10] += n if place_de(valeur) == 1 else 0
    return sum(longueurs.values()) - max(longueurs.values(), default=0) < 2
