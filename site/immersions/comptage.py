"""The figures of a quarter that may be told, decided once; and those of a year, which are sums of them.

    {"n": 38, "tables": {table: [[[category, ...], n], ...]}, "croises": {table: see `croisement`}},
    or {"n": None, "tables": {}} below five people.

Each table parts the immersions of the quarter by one thing. A block of categories stands for nobody, or for five
people at least: smaller ones are told together (`consultation.decomptes.reunion`). An outcome or an obstacle that
was everybody's is told with the others: alone, it would be each one's. Blocks told together in a quarter stay so
for the rest of its year, so that neither the sum nor the difference of two quarters says more than each of them.
What was counted is never counted again: a file corrected or erased later tells nothing.
"""

from datetime import date

from django.utils.functional import cached_property

from consultation.decomptes.formes import SEUIL_SECRET
from consultation.decomptes.reunion import reunir

from . import croisement
from .models import Immersion, Obstacle, Partie, Secteur

GENRE, SECTEUR, STRUCTURE, DUREE, SUITE = "genre", "secteur", "structure", "duree", "suite"
#: What outcomes are told of, one at a time.
CROISEES = (GENRE, SECTEUR, STRUCTURE)
#: Lengths: a week (7 days of the calendar at most), two (14), more.
DUREES = ("1", "2", "4")
A_VENIR = "a_venir"
#: What became of one sort of obstacle: not met, lifted, still there. One table for each sort.
SANS, LEVE, RESTE = "sans", "leve", "reste"
#: What happened to someone.
VECUES = {*Immersion.Issue.values, LEVE, RESTE}
CONNUES = {
    GENRE: Immersion.Genre.values,
    SECTEUR: Secteur.values,
    DUREE: list(DUREES),
    SUITE: [*Immersion.Issue.values, A_VENIR],
    **{f"obstacle:{sorte}": [SANS, LEVE, RESTE] for sorte in Obstacle.Sorte.values},
}


def bornes(annee, numero):
    """The first and the last day of a quarter, 1 to 4."""
    suivant = date(annee + numero // 4, numero * 3 % 12 + 1, 1)
    return date(annee, numero * 3 - 2, 1), date.fromordinal(suivant.toordinal() - 1)


class Faite:
    """One immersion that was done, as it is counted."""

    def __init__(self, immersion):
        self.immersion = immersion

    @property
    def qui(self):
        """Whose it was. All those of people who were erased count as one person's: fewer are told, never more."""
        return self.immersion.participant_id

    @cached_property
    def cases(self):
        """{table: its category}."""
        une = self.immersion
        obstacles = {o.sorte: LEVE if o.leve_le else RESTE for o in une.obstacles.all()}
        return {
            GENRE: une.genre,
            SECTEUR: une.secteur,
            STRUCTURE: str(une.structure_id or ""),
            DUREE: DUREES[(une.jours > 7) + (une.jours > 14)],
            SUITE: une.issue or A_VENIR,
        } | {f"obstacle:{sorte}": obstacles.get(sorte, SANS) for sorte in Obstacle.Sorte.values}


def faites(dispositif, annee, numero):
    """The immersions that ended in a quarter, signed by the three and not stopped. Three queries."""
    debut, fin = bornes(annee, numero)
    finies = Immersion.objects.filter(dispositif=dispositif, fin__range=(debut, fin), arretee_le=None)
    finies = finies.select_related("dispositif").prefetch_related("obstacles", "signatures")
    return [
        Faite(une)
        for une in finies
        if une.effacee_le or sum(s.version == une.version for s in une.signatures.all()) == len(Partie)
    ]


def etablir(lignes, avant=None):
    """Return the figures of a quarter. `lignes`: [Faite]; `avant`: those of the last quarter told in the year."""
    if len({ligne.qui for ligne in lignes}) < SEUIL_SECRET:
        return {"n": None, "tables": {}}
    tables = {}
    for table in (*CONNUES, STRUCTURE):
        gens = {}
        for ligne in lignes:
            gens.setdefault(ligne.cases[table], []).append(ligne.qui)
        blocs = [set(bloc) for bloc, _n in (avant or {}).get("tables", {}).get(table, [])]
        dans = set().union(*blocs)
        blocs += [{cle} for cle in dict.fromkeys([*CONNUES.get(table, ()), *sorted(gens)]) if cle not in dans]
        tables[table] = [[sorted(bloc), _combien(bloc, gens)] for bloc in _separer(_assembler(blocs, gens), gens)]
    croises = {table: _croiser(table, tables, lignes) for table in CROISEES}
    return {"n": len(lignes), "tables": tables, "croises": croises}


def _croiser(table, tables, lignes):
    cas = [(ligne.qui, ligne.cases[table], ligne.cases[SUITE]) for ligne in lignes]
    rangs, colonnes = ([bloc for bloc, _n in tables[nom]] for nom in (table, SUITE))
    return croisement.croiser(cas, rangs, colonnes)


def _combien(bloc, gens):
    return sum(len(gens.get(cle, ())) for cle in bloc)


def _assembler(blocs, gens):
    """Join blocks until each stands for nobody or for five people at least, the same person counted once."""
    while True:
        vus = {rang: set().union(*(gens.get(cle, ()) for cle in bloc)) for rang, bloc in enumerate(blocs)}
        a_reunir = reunir({rang: len(qui) for rang, qui in vus.items() if qui})
        if not a_reunir:
            return blocs
        reunis = set().union(*(blocs[rang] for rang in a_reunir))
        blocs = [bloc for rang, bloc in enumerate(blocs) if rang not in a_reunir] + [reunis]


def _separer(blocs, gens):
    """Keep blocks apart, unless one category holds everybody: what became of each would be read there.

    Where nothing happened to anybody (an obstacle not met, an outcome to come), it may be said.
    """
    pleins = [bloc for bloc in blocs if any(cle in gens for cle in bloc)]
    if len(pleins) == 1 and len(pleins[0]) == 1 and pleins[0] <= VECUES:
        return [set().union(*blocs)]
    return blocs


def additionner(trimestres):
    """The figures of several quarters of a year, in their order, as of one; those not told are left out."""
    dits = [chiffres for chiffres in trimestres if chiffres["n"] is not None]
    if not dits:
        return {"n": None, "tables": {}}
    tables = {}
    for table, derniers in dits[-1]["tables"].items():
        totaux = [[bloc, 0] for bloc, _n in derniers]
        for chiffres in dits:
            for bloc, n in chiffres["tables"][table]:
                next(total for total in totaux if set(bloc) <= set(total[0]))[1] += n
        tables[table] = totaux
    croises = {
        table: croisement.additionner([chiffres.get("croises", {}).get(table, []) for chiffres in dits])
        for table in CROISEES
    }
    return {"n": sum(chiffres["n"] for chiffres in dits), "tables": tables, "croises": croises}
