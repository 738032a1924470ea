"""What else must be hidden for nothing hidden to follow from the rest: complementary suppression, and audit."""

from collections import defaultdict

from . import audit
from .formes import (
    CHOISISSANTS_MIN,
    EXACT,
    GOMMETTES,
    PEU,
    SEUIL_SECRET,
    TU,
    Rangee,
    bornes,
    est_masque,
)


def masquer(releve, rangees):
    """Widen what is hidden until nothing hidden can be had back; return the Rangees.

    By piste first (complementary suppression). Then, while the audit finds a figure: no breakdown of its piste, or
    of any; no number of dots of its piste, or of any; at last no figure of its piste.
    """
    for r in rangees:
        completer(releve, r)
    while exposees := surveiller(releve, rangees):
        siennes = [r for r in rangees if r.piste in exposees]
        for garde in (Rangee.detaillee, Rangee.dite):
            if a_retirer := list(filter(garde, siennes)) or list(filter(garde, rangees)):
                for r in a_retirer:
                    r.retirer(garde)
                break
        else:
            for r in siennes:
                r.forme = TU
    return rangees


def completer(releve, r):
    """Withhold other colleges of a piste until the hidden ones are at least two, and five people together.

    Where nobody of a hidden college answered, the answers of the others would say so: no breakdown.
    """
    if any(forme == TU and not r.cases[c].sur for c, forme in r.formes.items()):
        r.formes = {}
    while r.cachees and not _assez(r):
        exactes = [c for c in releve.presents if r.formes[c] == EXACT]
        if not exactes:
            r.formes = {}
            return
        r.formes[exactes[0]] = TU


def _assez(r):
    gens = [r.cases[c].sur for c in r.cachees if r.cases[c].sur]
    return len(gens) > 1 and sum(gens) >= SEUIL_SECRET


def surveiller(releve, rangees):
    """Return the pistes of which a hidden figure follows from what is shown: see `audit.exposees`."""
    if len(releve.presents) < 2:
        return set()
    return {piste for piste, _college in audit.exposees(reseau(releve, rangees))}


def reseau(releve, rangees):
    """Return the audit.Reseau of what would be shown: hidden cells with the bounds that anyone knows of them."""
    lu = audit.Reseau()
    utilises = defaultdict(int)
    for r in rangees:
        if r.forme == TU:
            continue
        for college in r.cases:
            case = r.cases[college]
            utilises[college] += case.personnes
            if r.formes.get(college) != EXACT and case.sur:
                lu.cacher(r.piste, college, case.personnes, *bornes(releve, r, college))
        if r.forme != EXACT:
            bas, haut = (0, 1) if r.forme == PEU else (r.sur - 1, r.sur)
            lu.cacher(r.piste, None, haut - r.personnes, 0, haut - bas)
    _reste(releve, rangees, utilises, lu)
    return lu


def _reste(releve, rangees, utilises, lu):
    """Dots nobody placed, by college: they alone let a college's figures move on one piste and not on another."""
    for college in releve.presents:
        if releve.mode != GOMMETTES:
            lu.cacher(audit.RESTE, college, 0, -1, 1)
            continue
        masque = est_masque(releve, college)
        gens = min(releve.votants[college], CHOISISSANTS_MIN - 1) if masque else releve.votants[college]
        places = utilises[college] + sum(r.cases[college].de_plus for r in rangees if r.dite())
        libres = max(0, gens * releve.dots - places)
        peut_monter = masque or len(rangees) == 1 or utilises[college] > CHOISISSANTS_MIN
        lu.cacher(audit.RESTE, college, libres, 0, libres + peut_monter)
    lu.cacher(audit.RESTE, None, 0, -1, 1)
