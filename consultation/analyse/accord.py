"""Agreement between groups of people, from what each chose. Numbers in, numbers out: no Django here.

`votes` is a matrix of floats, a row a person, a column a piste: 1 for, -1 against, 0 neither, nan no answer.
`groupes` holds a whole number from 0 a person (their college, or their group on the map); -1 is in none.

The formulas are those of Polis (Small, Bjorkegren, Erkkilä, Shaw and Megill, "Polis: Scaling deliberation by
mapping high dimensional opinion spaces", Recerca 26(2), 2021), as in the code its authors publish; tests compare
them with an independent implementation.
"""

from dataclasses import dataclass

import numpy as np

#: One-sided 90 % of the standard normal law: what Polis asks of a piste before it speaks for a group.
Z_90 = 1.2815515655446004
#: Pistes told for one group at most.
COMBIEN = 5


@dataclass(frozen=True, eq=False)
class Comptes:
    """`pour`, `contre`, `reponses`: people, by group (rows) and piste (columns)."""

    pour: np.ndarray
    contre: np.ndarray
    reponses: np.ndarray

    @property
    def ailleurs(self):
        """The same for everybody outside each group."""
        return Comptes(*(n.sum(axis=0) - n for n in (self.pour, self.contre, self.reponses)))


@dataclass(frozen=True)
class Representative:
    """A piste that speaks for a group. `pour`: they support it more than the others; else they refuse it more.

    `n` people of the group out of `sur` who answered; `z`: two-proportion test against everybody else.
    """

    piste: int
    pour: bool
    n: int
    sur: int
    z: float


def compter(votes, groupes=None):
    """Return the Comptes of each group, 0 to the highest; everybody is one group without `groupes`."""
    votes = np.asarray(votes, dtype=float)
    groupes = np.zeros(len(votes), dtype=int) if groupes is None else np.asarray(groupes)
    nombre = int(groupes.max(initial=-1)) + 1
    dedans = (groupes[None, :] == np.arange(nombre)[:, None]).astype(float)
    comptes = (dedans @ choix for choix in (votes == 1, votes == -1, ~np.isnan(votes)))
    return Comptes(*(n.astype(int) for n in comptes))


def probabilite(n, total):
    """Return the chance of a choice made by `n` of `total`, one of each kind added first (Laplace)."""
    return (np.asarray(n) + 1) / (np.asarray(total) + 2)


def consensus(comptes):
    """Return by piste how far *every* group supports it: the product of the groups' chances, 0 to 1.

    A large group cannot carry a piste that a small one refuses ("group-informed consensus").
    """
    return probabilite(comptes.pour, comptes.reponses).prod(axis=0)


def division(comptes):
    """Return by piste the widest gap between two groups' chances of supporting it, 0 to 1."""
    chances = probabilite(comptes.pour, comptes.reponses)
    return chances.max(axis=0) - chances.min(axis=0)


def z_moitie(n, total):
    """Return the z of `n` of `total` against one half, one success added (one-proportion test)."""
    n, total = np.asarray(n) + 1.0, np.asarray(total) + 1.0
    return 2 * np.sqrt(total) * (n / total - 0.5)


def z_ecart(n, total, n_autres, total_autres):
    """Return the z of a group's share against the others', one success added to each (two-proportion test)."""
    n, total, n_autres, total_autres = (np.asarray(x) + 1.0 for x in (n, total, n_autres, total_autres))
    commune = (n + n_autres) / (total + total_autres)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (n / total - n_autres / total_autres) / np.sqrt(
            commune * (1 - commune) * (1 / total + 1 / total_autres)
        )
    return np.where(commune == 1, 0.0, z)


def representatives(comptes, combien=COMBIEN):
    """Return, a list a group, the pistes it supports or refuses more than the others, the clearest first.

    Kept: those whose share passes one half and the others' share, both at 90 %. Ties go by column.
    """
    autres = comptes.ailleurs
    cotes = [
        (z_moitie(siens, comptes.reponses), z_ecart(siens, comptes.reponses, leurs, autres.reponses), siens, leurs)
        for siens, leurs in ((comptes.pour, autres.pour), (comptes.contre, autres.contre))
    ]
    return [_du_groupe(groupe, cotes, comptes, autres)[:combien] for groupe in range(len(comptes.pour))]


def _du_groupe(groupe, cotes, comptes, autres):
    notes = []
    for rang, (z, ecart, siens, leurs) in enumerate(cotes):
        chances = probabilite(siens[groupe], comptes.reponses[groupe])
        rapport = chances / probabilite(leurs[groupe], autres.reponses[groupe])
        poids = rapport * ecart[groupe] * chances * z[groupe]
        for piste in np.flatnonzero((z[groupe] > Z_90) & (ecart[groupe] > Z_90)):
            n, sur = int(siens[groupe, piste]), int(comptes.reponses[groupe, piste])
            dite = Representative(int(piste), rang == 0, n, sur, float(ecart[groupe, piste]))
            notes.append((-poids[piste], int(piste), dite))
    return [dite for _poids, _piste, dite in sorted(notes, key=lambda note: note[:2])]
