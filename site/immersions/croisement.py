"""What became of those of one kind, of one sector, of one structure: two things of an immersion at once.

    [[[category, ...], [[[outcome, ...], n], ...]], ...], or [] when nothing of it may be told.

Each row is one category of a table, or several told together; all rows have the same columns, outcomes alone or
together. A cell stands for nobody or for five people at least, and no row has all its people in one cell. Rows and
columns are unions of the blocks that the quarter tells by themselves. So a finer figure has several possible
values, whatever is read beside it: what is known of two tables crossed with outcomes agrees, since outcomes are
all that they share, with any sharing of the people of one outcome.
"""

from consultation.decomptes.formes import SEUIL_SECRET


def croiser(cas, rangs, colonnes):
    """Return the rows of a crossed table. `cas`: [(who, row category, outcome)]; `rangs`, `colonnes`: blocks."""
    gens = {}
    for qui, rang, colonne in cas:
        gens.setdefault((rang, colonne), []).append(qui)
    axes = [_habites(rangs, {r for r, _c in gens}), _habites(colonnes, {c for _r, c in gens})]
    while len(axes[0]) > 1 and len(axes[1]) > 1:
        cases = [[_dans(gens, rang, colonne) for colonne in axes[1]] for rang in axes[0]]
        a_joindre = _a_joindre([[len(set(case)) for case in ligne] for ligne in cases])
        if a_joindre is None:
            return [
                [
                    sorted(rang),
                    [[sorted(colonne), len(case)] for colonne, case in zip(axes[1], ligne, strict=True)],
                ]
                for rang, ligne in zip(axes[0], cases, strict=True)
            ]
        _joindre(axes, cases, *a_joindre)
    return []


def _habites(blocs, presents):
    return [set(bloc) for bloc in blocs if presents & set(bloc)]


def _dans(gens, rang, colonne):
    return [qui for r in rang for c in colonne for qui in gens.get((r, c), ())]


def _a_joindre(tailles):
    """(axis, place) of the row (0) or column (1) that may not be told by itself, or None."""
    seul = next((r for r, ligne in enumerate(tailles) if sum(map(bool, ligne)) == 1), None)
    if seul is not None:
        return 0, seul
    petites = [(n, r, c) for r, ligne in enumerate(tailles) for c, n in enumerate(ligne) if 0 < n < SEUIL_SECRET]
    if not petites:
        return None
    _n, rang, colonne = min(petites)
    du_rang, de_la_colonne = sum(r == rang for _n, r, _c in petites), sum(c == colonne for _n, _r, c in petites)
    return (0, rang) if du_rang >= de_la_colonne else (1, colonne)


def _joindre(axes, cases, axe, place):
    """Join a row or a column to the smallest of the others."""
    lignes = cases if axe == 0 else list(zip(*cases, strict=True))
    autres = [n for n in range(len(lignes)) if n != place]
    avec = min(autres, key=lambda n: (sum(map(len, lignes[n])), n))
    axes[axe][avec] |= axes[axe][place]
    del axes[axe][place]


def additionner(tables):
    """The crossed tables of several quarters as one, in the finest rows and columns that they all have."""
    dites = [table for table in tables if table]
    rangs = _communs(bloc for table in dites for bloc, _cases in table)
    colonnes = _communs(bloc for table in dites for bloc, _n in table[0][1])
    totaux = [[sorted(rang), [[sorted(colonne), 0] for colonne in colonnes]] for rang in rangs]
    for table in dites:
        for bloc, cases in table:
            _rang, somme = next(total for total in totaux if set(bloc) <= set(total[0]))
            for colonne, n in cases:
                next(case for case in somme if set(colonne) <= set(case[0]))[1] += n
    return totaux


def _communs(blocs):
    """Join the blocks that have something in common."""
    joints = []
    for bloc in map(set, blocs):
        touches = [joint for joint in joints if joint & bloc]
        joints = [joint for joint in joints if not joint & bloc] + [bloc.union(*touches)]
    return joints
