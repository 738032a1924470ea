"""The map of opinions of a closed vote: its votes read as a matrix, and what may be published of the map.

    {"version", "pourquoi": "" | "peu_de_votants" | "rien_ne_tient", "votants", "stabilite",
     "hors": people off the map, or None, "groupes": [{"n", "pour": [piste id], "contre": [piste id]}],
     "formes": [{"groupe", "n", "x", "y"}]}

Published beside the table of the vote, it must not let anyone have back what the table withholds:

* no figure crosses a group and a piste: a group only says which pistes it supports, or refuses, more than others,
  among those whose figure for everybody is exact. Who is in a group is not published, so nothing ties it to a
  college;
* a shape is a mean of five people at least, placed to a twentieth of the map;
* who is off the map (too few answers, or the same one everywhere) is told when they are five at least; otherwise
  they are counted in the largest group, which says so: not even whether there is one can be had by subtraction;
* a map that cannot be drawn gives no other count than the voters'.
"""

from collections import defaultdict

import numpy as np

from ..analyse import accord, carte
from ..models import Scrutin, Voix
from .comptes import DEGRE_ACCORD, valeur_de_famille
from .familles import Familles
from .formes import EXACT, SEUIL_SECRET

VERSION = 1
PEU_DE_VOTANTS, RIEN_NE_TIENT = "peu_de_votants", "rien_ne_tient"
#: Fewer pistes make no map: people would be told apart by two or three answers.
PISTES_MIN = carte.REPONSES_MIN
#: Shapes stand on a grid of so many steps from the centre to the edge.
PAS = 20
#: Pistes told for one group, of each kind.
DITES = 3


def peut_avoir_une_carte(mode, secret, nombre_de_pistes):
    """Whether a vote may have a map: dots say what is chosen, not what is refused; few pistes tell too much.

    Nobody holds what each chose in a secret ballot.
    """
    return mode == Scrutin.Mode.ADHESION and not secret and nombre_de_pistes >= PISTES_MIN


def opinions(scrutin, table):
    """Return what may be published of the map of a closed vote. Two queries, then seconds of computing."""
    if table["votants"] < carte.PERSONNES_MIN:
        return _sans(table, PEU_DE_VOTANTS)
    pistes = [int(cle) for cle in table["pistes"]]
    votes = matrice(scrutin, pistes)
    vue = carte.dessiner(_complete(votes, table["votants"]), graine=scrutin.pk, tirages=carte.TIRAGES)
    return _sans(table, RIEN_NE_TIENT) if vue.pourquoi else publier(vue, votes, pistes, table)


def _sans(table, pourquoi):
    return {
        "version": VERSION,
        "pourquoi": pourquoi,
        "votants": table["votants"],
        "hors": None,
        "stabilite": 0.0,
        "groupes": [],
        "formes": [],
    }


def matrice(scrutin, pistes):
    """Return the votes in four degrees, a row a person, a column a piste that stands: 1, -1, nan without answer.

    A person's choice on a family is the last one they made in it, as the tally counts it.
    """
    familles = Familles.de(scrutin.consultation_id)
    siennes = defaultdict(list)
    toutes = Voix.objects.filter(scrutin=scrutin).order_by("participant_id", "pk")
    for qui, piste, valeur, le, pk in toutes.values_list(
        "participant_id", "piste_id", "valeur", "modifie_le", "pk"
    ):
        siennes[qui, familles.racine(piste)].append((valeur, le, pk))
    rangs = {qui: rang for rang, qui in enumerate(dict.fromkeys(qui for qui, _piste in siennes))}
    colonnes = {piste: rang for rang, piste in enumerate(pistes)}
    votes = np.full((len(rangs), len(pistes)), np.nan)
    for (qui, piste), voix in siennes.items():
        if piste in colonnes:
            pour = valeur_de_famille(scrutin.mode, voix) >= DEGRE_ACCORD
            votes[rangs[qui], colonnes[piste]] = 1 if pour else -1
    return votes


def _complete(votes, votants):
    """The same with those who voted and answered nothing: everybody is counted."""
    return np.vstack([votes, np.full((max(0, votants - len(votes)), votes.shape[1]), np.nan)])


def publier(vue, votes, pistes, table):
    """Return the map as it may be published. `vue`: carte.Carte, the first rows of which are those of `votes`."""
    nombres = vue.comptes
    hors = table["votants"] - sum(nombres)
    formes = [
        {"groupe": f.groupe, "n": f.n, "x": round(PAS * f.x) / PAS, "y": round(PAS * f.y) / PAS}
        for f in vue.formes
    ]
    if hors < SEUIL_SECRET:
        nombres[0] += hors  # groups come the largest first, and so do the shapes of each
        formes[0]["n"] += hors
    dites = accord.representatives(accord.compter(votes, vue.groupes[: len(votes)]), combien=len(pistes))
    return {
        "version": VERSION,
        "pourquoi": "",
        "votants": table["votants"],
        "hors": hors if hors >= SEUIL_SECRET else None,
        "stabilite": round(vue.stabilite, 2),
        "groupes": [
            {"n": n, "pour": _dites(siennes, True, pistes, table), "contre": _dites(siennes, False, pistes, table)}
            for n, siennes in zip(nombres, dites, strict=True)
        ],
        "formes": formes,
    }


def _dites(representatives, pour, pistes, table):
    siennes = [pistes[r.piste] for r in representatives if r.pour == pour]
    return [piste for piste in siennes if table["pistes"][str(piste)]["forme"] == EXACT][:DITES]
