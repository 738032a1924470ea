"""Ways of telling which sentences say the same, on those of `tests/consultation/pareilles.py`.

    python -m tests.charge.ressemblances

Each way is measured by the pairs that it puts in one group (average linkage, as in `analyse.ressemblance`), at the
threshold that finds the most of them with nine in ten right; then, at that threshold, on each half of the ideas.
"""

from collections import Counter
from itertools import combinations

from rapidfuzz.fuzz import token_set_ratio

from consultation.analyse import ressemblance
from tests.consultation.pareilles import IDEES, TAPEES

SEUILS = [rang / 100 for rang in range(14, 92, 2)]


def mots_et_lettres(textes):
    return ressemblance.paires(textes, seuil=SEUILS[0] * 0.6)


def mots_seuls(textes):
    return _cosinus([ressemblance.mots(t) for t in textes])


def lettres_seules(textes):
    """Letters by two, three and four, inside words."""
    return _cosinus(
        [
            [
                f"_{mot}_"[i : i + n]
                for mot in ressemblance.mots(t)
                for n in (2, 3, 4)
                for i in range(len(mot) + 3 - n)
            ]
            for t in textes
        ]
    )


def distance_de_mots(textes):
    """Edit distance on the stems in common (token set ratio)."""
    racines = [" ".join(ressemblance.mots(t)) for t in textes]
    return [
        (token_set_ratio(racines[un], racines[autre]) / 100, un, autre)
        for un, autre in combinations(range(len(textes)), 2)
    ]


def _cosinus(listes):
    vecteurs = ressemblance._vecteurs(listes)
    return [
        (ressemblance._cosinus(vecteurs[un], vecteurs[autre]), un, autre)
        for un, autre in combinations(range(len(vecteurs)), 2)
    ]


def grouper(paires, seuil):
    amas = ressemblance._Amas(
        sorted((p for p in paires if p[0] >= seuil * 0.6), key=lambda p: (-p[0], p[1], p[2]))
    )
    for score, un, autre in amas.paires:
        if score < seuil:
            break
        amas.rapprocher(un, autre, seuil)
    return {paire for groupe in amas.formes() for paire in combinations(groupe, 2)}


def juger(dits, idees):
    """Return (precision, recall) of pairs of ranks, when `idees` says which idea each rank is."""
    vrais = sum(n * (n - 1) // 2 for n in Counter(idees).values())
    justes = sum(idees[un] == idees[autre] for un, autre in dits)
    return justes / len(dits) if dits else 1.0, justes / vrais


def ranger(idees):
    """Return (the sentences, the idea of each)."""
    return [t for idee in idees for t in idee], [rang for rang, idee in enumerate(idees) for _ in idee]


def main():
    toutes = [*IDEES, *TAPEES]
    for methode in (mots_et_lettres, mots_seuls, lettres_seules, distance_de_mots):
        textes, idees = ranger(toutes)
        paires = methode(textes)
        essais = [(juger(grouper(paires, seuil), idees), seuil) for seuil in SEUILS]
        bons = [(rappel, precision, seuil) for (precision, rappel), seuil in essais if precision >= 0.9]
        if not bons:
            print(f"{methode.__name__:17} never reaches a precision of 0.9")
            continue
        rappel, precision, seuil = max(bons)
        print(
            f"{methode.__name__:17} threshold {seuil:.2f}  precision {precision:.3f}  recall {rappel:.3f}", end=""
        )
        for reste in (0, 1):
            textes, idees = ranger(toutes[reste::2])
            print("  half: {:.3f}, {:.3f}".format(*juger(grouper(methode(textes), seuil), idees)), end="")
        print()


if __name__ == "__main__":
    main()
