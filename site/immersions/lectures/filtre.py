"""The board read for one kind, one sector or one structure: what may be told of it, and of what followed."""

from dataclasses import dataclass

from consultation.textes import plier

from .. import comptage
from .lignes import lignes


@dataclass(frozen=True)
class Filtre:
    """What a board says of one category of a table; `pour` is "table:category", as in the address.

    `n`: how many in the period. `par_trimestre`: of the year, None where it is told with others or not at all.
    `suites`: what followed, of this category and of `avec`, those that are told with it, in words; of the quarters
    `trimestres` alone: in the others there were too few to tell it.
    """

    pour: str
    titre: str
    mots: str
    n: int
    par_trimestre: list
    suites: list
    avec: list
    trimestres: list


def choix(tables):
    """What the board may be narrowed to: [(title, [(value, words)])] of the `tables` of a Bord, told alone."""
    offerts = [
        (titre, [(f"{cle}:{une.cle}", une.mots) for une in siennes if not une.reunie])
        for cle, titre, siennes in tables
        if cle in comptage.CROISEES
    ]
    return [(titre, valeurs) for titre, valeurs in offerts if valeurs]


def filtrer(pour, tables, noms, trimestres, choisis):
    """Return the Filtre of an address, or None when the board of the period does not tell that category alone.

    `trimestres`: figures of the year, {number: chiffres}; `choisis`: the numbers of the period.
    """
    trouves = [(titre, mots) for titre, offerts in choix(tables) for valeur, mots in offerts if valeur == pour]
    if not trouves:
        return None
    (titre, mots), (table, _deux_points, categorie) = trouves[0], pour.partition(":")
    chiffres = comptage.additionner([trimestres[numero] for numero in choisis])
    rangs = ((bloc, cases) for bloc, cases in chiffres["croises"][table] if categorie in bloc)
    bloc, cases = next(rangs, ([], []))
    return Filtre(
        pour,
        str(titre),
        mots,
        _seul(chiffres, table, categorie),
        [_seul(trimestres[numero], table, categorie) if numero in trimestres else "" for numero in (1, 2, 3, 4)],
        lignes(cases, noms[comptage.SUITE]),
        sorted((str(noms[table].get(autre, autre)) for autre in bloc if autre != categorie), key=plier),
        [numero for numero in choisis if _croise(trimestres[numero], table, categorie)],
    )


def _seul(chiffres, table, categorie):
    """The figure of a category told by itself, or None."""
    return next((n for bloc, n in chiffres["tables"].get(table, ()) if bloc == [categorie]), None)


def _croise(chiffres, table, categorie):
    return any(categorie in bloc for bloc, _cases in chiffres.get("croises", {}).get(table, ()))
