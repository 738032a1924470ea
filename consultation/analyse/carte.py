"""The map of opinions: who chose alike stands close. Numbers in, numbers out: no Django here.

People are placed by the first two principal components of their votes, missing answers filled with the mean of the
piste, and moved out by the root of (pistes / answers given) so that few answers do not mean the centre (Polis; see
`accord`). Groups come from k-means, their number from the silhouette (Rousseeuw, 1987). They are told only when
they hold: found again from most of the people, they stay nearly the same (adjusted Rand index, Hubert and Arabie,
1985), and votes shuffled piste by piste, which have no groups, look less grouped (Horn's parallel analysis, 1965).
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

#: Someone is placed once they answered this many pistes, or all of them when there are fewer.
REPONSES_MIN = 7
#: No shape and no group stands for fewer people.
FORME_MIN = 5
#: How many groups at most, how many draws, which part of the people each draw takes, and how alike they must stay.
GROUPES_MAX, TIRAGES, PART, STABILITE = 5, 500, 0.8, 0.8
#: Under this many people on the map, groups are chance.
PERSONNES_MIN = 20
#: Shuffled maps to compare with, each of which must look less grouped.
MELANGES = 60
#: The silhouette of more people than this is that of so many drawn among them (it costs their square).
ECHANTILLON = 600
DEPARTS, TOURS = 5, 50


class Pourquoi(StrEnum):
    """Why there is no map."""

    TROP_PEU = "trop_peu"
    TOUS_PAREIL = "tous_pareil"
    RIEN_NE_TIENT = "rien_ne_tient"


@dataclass(frozen=True)
class Forme:
    """At least five people of a group who stand close; `x`, `y` where, from -1 to 1."""

    groupe: int
    n: int
    x: float
    y: float


@dataclass(frozen=True)
class Carte:
    """`groupes`: by person, their group from 0, or -1 off the map. Everybody is counted: see `comptes`.

    `peu`: people who answered too few pistes; `pareil`: who gave the same answer everywhere. `stabilite`: mean
    adjusted Rand index of the draws. With `pourquoi` there is no map: no group, no shape.
    """

    groupes: np.ndarray
    peu: int
    pareil: int
    formes: list = field(default_factory=list)
    stabilite: float = 0.0
    pourquoi: Pourquoi | None = None

    @property
    def comptes(self):
        """People by group, in order."""
        return [int(n) for n in np.bincount(self.groupes[self.groupes >= 0])]


@dataclass(frozen=True, eq=False)
class Projection:
    """`personnes` and `pistes`: (n, 2) coordinates; a piste stands where someone who supports it alone would."""

    personnes: np.ndarray
    pistes: np.ndarray


def projeter(votes):
    """Return the Projection of a matrix of votes (see `accord`). A piste without an answer counts as 0."""
    votes = np.asarray(votes, dtype=float)
    repondu = ~np.isnan(votes)
    nombre = repondu.sum(axis=0)
    moyennes = np.divide(
        np.where(repondu, votes, 0).sum(axis=0), nombre, out=np.zeros(len(nombre)), where=nombre > 0
    )
    ecarts = np.where(repondu, votes - moyennes, 0)
    axes = _axes(ecarts)
    loin = np.sqrt(votes.shape[1] / np.maximum(1, repondu.sum(axis=1)))
    seules = ((1 - moyennes)[:, None] * axes) * np.sqrt(votes.shape[1])
    return Projection((ecarts @ axes) * loin[:, None], seules)


def _axes(ecarts):
    """The first two principal directions, (pistes, 2): eigenvectors of the smaller of the two products.

    A sign is free: the largest coordinate of each is made positive, so that a map does not turn over by itself.
    """
    personnes, pistes = ecarts.shape
    if pistes <= personnes:
        axes = np.linalg.eigh(ecarts.T @ ecarts)[1][:, ::-1][:, :2]
    else:
        valeurs, gauche = np.linalg.eigh(ecarts @ ecarts.T)
        garde = valeurs[::-1][:2] > 1e-12
        axes = ecarts.T @ (gauche[:, ::-1][:, :2] * garde)
        normes = np.linalg.norm(axes, axis=0)
        axes = np.divide(axes, normes, out=np.zeros_like(axes), where=normes > 0)
    if axes.shape[1] < 2:
        axes = np.pad(axes, ((0, 0), (0, 2 - axes.shape[1])))
    signes = np.sign(axes[np.abs(axes).argmax(axis=0), range(2)])
    return axes * np.where(signes == 0, 1, signes)


def dessiner(votes, *, graine=0, tirages=TIRAGES):
    """Return the Carte of a matrix of votes. The same votes and `graine` give the same map."""
    votes = np.asarray(votes, dtype=float)
    hasard = np.random.default_rng(graine)
    repondu = (~np.isnan(votes)).sum(axis=1)
    peu = repondu < min(REPONSES_MIN, max(1, votes.shape[1]))
    pareil = ~peu & _partout_pareil(votes)
    places = np.flatnonzero(~peu & ~pareil)
    vide = Carte(np.full(len(votes), -1), int(peu.sum()), int(pareil.sum()))
    if len(places) < PERSONNES_MIN:
        return _sans(vide, Pourquoi.TOUS_PAREIL if pareil.sum() >= PERSONNES_MIN else Pourquoi.TROP_PEU)
    siens = votes[places]
    points = projeter(siens).personnes
    etiquettes, nettete = grouper(points, hasard)
    if etiquettes is None or not _plus_net_que_melange(siens, nettete, hasard):
        return _sans(vide, Pourquoi.RIEN_NE_TIENT)
    tenue = stabilite(siens, etiquettes, hasard, tirages)
    if tenue < STABILITE:
        return _sans(vide, Pourquoi.RIEN_NE_TIENT)
    groupes = vide.groupes.copy()
    groupes[places] = etiquettes
    return Carte(groupes, vide.peu, vide.pareil, formes(points, etiquettes, hasard), tenue)


def _sans(vide, pourquoi):
    return Carte(vide.groupes, vide.peu, vide.pareil, pourquoi=pourquoi)


def _partout_pareil(votes):
    with np.errstate(invalid="ignore"):
        bas = np.where(np.isnan(votes), np.inf, votes).min(axis=1, initial=np.inf)
        haut = np.where(np.isnan(votes), -np.inf, votes).max(axis=1, initial=-np.inf)
    return bas == haut


def grouper(points, hasard):
    """Return (labels from 0, silhouette) of the best number of groups, each of five people at least, or (None, 0).

    Groups are numbered by size, then from left to right.
    """
    meilleures, note = None, 0.0
    for nombre in range(2, min(GROUPES_MAX, len(points) // FORME_MIN) + 1):
        etiquettes = k_moyennes(points, nombre, hasard)
        if min(np.bincount(etiquettes, minlength=nombre)) < FORME_MIN:
            continue
        sienne = silhouette(points, etiquettes, hasard)
        if sienne > note:
            meilleures, note = etiquettes, sienne
    return (None, 0.0) if meilleures is None else (_ranger(points, meilleures), note)


def _ranger(points, etiquettes):
    groupes = range(etiquettes.max() + 1)
    ordre = sorted(groupes, key=lambda g: (-(etiquettes == g).sum(), points[etiquettes == g, 0].mean()))
    return np.argsort(ordre)[etiquettes]


def k_moyennes(points, nombre, hasard, departs=DEPARTS):
    """Return the labels of the tightest of `departs` k-means, each started by k-means++ (Arthur, 2007)."""
    essais = (_un_depart(points, nombre, hasard) for _rang in range(departs))
    return min(essais, key=lambda essai: essai[0])[1]


def _carres(points, autres):
    """Return the squared distances, (points, others): by coordinate, three times faster than by rows."""
    (x, y), (u, v) = points.T, autres.T
    return (x[:, None] - u) ** 2 + (y[:, None] - v) ** 2


def _un_depart(points, nombre, hasard):
    centres = _premiers_centres(points, nombre, hasard)
    for _tour in range(TOURS):
        distances = _carres(points, centres)
        etiquettes = distances.argmin(axis=1)
        dedans = etiquettes[:, None] == np.arange(nombre)
        effectifs = dedans.sum(axis=0)
        nouveaux = np.where(
            effectifs[:, None] > 0, (dedans.T.astype(float) @ points) / np.maximum(1, effectifs)[:, None], centres
        )
        if np.array_equal(nouveaux, centres):
            break
        centres = nouveaux
    return distances.min(axis=1).sum(), etiquettes


def _premiers_centres(points, nombre, hasard):
    centres = [points[hasard.integers(len(points))]]
    proche = _carres(points, centres[0][None, :])[:, 0]
    while len(centres) < nombre:
        total = proche.sum()
        chances = proche / total if total > 0 else None
        centres.append(points[hasard.choice(len(points), p=chances)])
        proche = np.minimum(proche, _carres(points, centres[-1][None, :])[:, 0])
    return np.array(centres)


def silhouette(points, etiquettes, hasard=None):
    """Return the mean silhouette, -1 to 1, of `points`: of at most `ECHANTILLON` of them."""
    if len(points) > ECHANTILLON:
        tires = (hasard or np.random.default_rng(0)).choice(len(points), ECHANTILLON, replace=False)
        points, etiquettes = points[tires], etiquettes[tires]
    distances = np.sqrt(_carres(points, points))
    dedans = etiquettes[:, None] == np.arange(etiquettes.max() + 1)
    effectifs = dedans.sum(axis=0)
    sommes = distances @ dedans.astype(float)
    siens = effectifs[etiquettes]
    a = sommes[np.arange(len(points)), etiquettes] / np.maximum(1, siens - 1)
    ailleurs = np.where(dedans, np.inf, sommes / np.maximum(1, effectifs))
    b = ailleurs.min(axis=1)
    notes = np.where(siens > 1, (b - a) / np.maximum(np.maximum(a, b), 1e-300), 0.0)
    return float(notes.mean())


def rand_ajuste(une, autre):
    """Return the adjusted Rand index of two groupings of the same people: 1 alike, about 0 by chance."""
    table = np.zeros((une.max() + 1, autre.max() + 1))
    np.add.at(table, (une, autre), 1)
    paires = lambda n: (n * (n - 1) / 2).sum()  # noqa: E731
    ensemble, lignes, colonnes = paires(table), paires(table.sum(axis=1)), paires(table.sum(axis=0))
    hasard = lignes * colonnes / (len(une) * (len(une) - 1) / 2)
    plafond = (lignes + colonnes) / 2
    return 1.0 if plafond == hasard else float((ensemble - hasard) / (plafond - hasard))


def stabilite(votes, etiquettes, hasard, tirages=TIRAGES):
    """Return the mean adjusted Rand index between the groups and those found again from part of the people."""
    nombre, combien = int(etiquettes.max()) + 1, max(2, round(PART * len(votes)))
    accords = []
    for _rang in range(tirages):
        tires = hasard.choice(len(votes), combien, replace=False)
        refaits = k_moyennes(projeter(votes[tires]).personnes, nombre, hasard, departs=2)
        accords.append(rand_ajuste(etiquettes[tires], refaits))
    return float(np.mean(accords))


def _plus_net_que_melange(votes, nettete, hasard):
    melanges = (hasard.permuted(votes, axis=0) for _rang in range(MELANGES))
    return all(grouper(projeter(melange).personnes, hasard)[1] < nettete for melange in melanges)


def formes(points, etiquettes, hasard):
    """Return the Forme of each group: clumps of at least five people, largest first."""
    echelle = max(np.abs(points).max(), 1e-12)
    trouvees = []
    for groupe in range(etiquettes.max() + 1):
        siens = points[etiquettes == groupe]
        for amas in _amas(siens, hasard):
            x, y = siens[amas].mean(axis=0) / echelle
            trouvees.append(Forme(groupe, len(amas), round(float(x), 3), round(float(y), 3)))
    return sorted(trouvees, key=lambda f: (f.groupe, -f.n, f.x, f.y))


def _amas(points, hasard):
    """Split a group into at most four clumps of five people at least; a smaller one joins its nearest."""
    nombre = max(1, min(4, len(points) // (2 * FORME_MIN)))
    etiquettes = k_moyennes(points, nombre, hasard)
    restent = [np.flatnonzero(etiquettes == rang) for rang in range(nombre) if (etiquettes == rang).any()]
    while len(restent) > 1 and min(map(len, restent)) < FORME_MIN:
        restent.sort(key=len)
        petit, autres = restent[0], restent[1:]
        centre = points[petit].mean(axis=0)
        proche = min(range(len(autres)), key=lambda i: np.linalg.norm(points[autres[i]].mean(axis=0) - centre))
        autres[proche] = np.concatenate([autres[proche], petit])
        restent = autres
    return restent
