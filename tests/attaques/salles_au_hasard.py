"""Rooms drawn at random, as the figures of their votes: small colleges, blanks, landslides, lone voters."""

import random
from collections import Counter, defaultdict

from consultation.decomptes.formes import Releve

GENS = (0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 12, 15)


def salle(graine):
    """Return the Releve of one vote; the same seed gives the same."""
    hasard = random.Random(graine)
    votants = {c: hasard.choice(GENS) for c in hasard.sample(range(1, 30), hasard.randint(1, 4))}
    mode = hasard.choice(["gommettes", "gommettes", "adhesion"])
    attraits = [hasard.choice([0.02, 0.5, 0.98, 1, hasard.random()]) for _ in range(hasard.randint(1, 5))]
    return voter(hasard, votants, mode, hasard.choice([1, 1, 2, 3, 5]), attraits, hasard.choice([0, 0, 0.1, 0.5]))


def voter(hasard, votants, mode, dots, attraits, blancs):
    """Everyone votes: `attraits` is the pull of each piste (0 to 1), `blancs` the share who leave a blank."""
    valeurs, choisissants = defaultdict(lambda: defaultdict(Counter)), Counter()
    for college, n in votants.items():
        for _ in range(n):
            choix = _gommettes(hasard, dots, attraits) if mode == "gommettes" else _avis(hasard, attraits)
            if hasard.random() < blancs:
                choix = {}
            choisissants[college] += bool(choix)
            for piste, valeur in choix.items():
                valeurs[piste][college][valeur] += 1
    lues = {p: {c: dict(v) for c, v in valeurs[p].items()} for p in range(len(attraits))}
    return Releve(mode, dots, votants, dict(choisissants), lues)


def _gommettes(hasard, dots, attraits):
    combien = dots if hasard.random() < 0.85 else hasard.randint(1, dots)
    return Counter(hasard.choices(range(len(attraits)), attraits, k=combien))


def _avis(hasard, attraits):
    degres = {p: hasard.choices([1, 2, 3, 4], [1 - a, 1 - a, a, a])[0] for p, a in enumerate(attraits)}
    return {p: degre for p, degre in degres.items() if hasard.random() < 0.9}
