"""The board of a territory, from the quarters that were counted and from nothing else."""

from dataclasses import dataclass

from django.utils import timezone

from .. import comptage
from ..models import Obstacle
from .filtre import Filtre, choix, filtrer
from .lignes import TITRES, lignes, noms_de

ANNEES_MONTREES = 3


@dataclass(frozen=True)
class Obstacles:
    """One sort of obstacle: how often it was met and lifted, None where that may not be told."""

    cle: str
    mots: str
    rencontre: int | None
    leve: int | None
    part: int = 0


@dataclass(frozen=True)
class Bord:
    """`trimestre`: 1 to 4, or None for the year. `annees`: [(year, aimed at, [n by quarter], n)].

    `besoins`: the needs found for the territory in that time, in words. `choix`: what it may be narrowed to;
    `filtre`: what it is narrowed to.
    """

    annee: int
    trimestre: int | None
    n: int | None
    vise: int
    annees: list
    tables: list
    obstacles: list
    manquants: list
    besoins: list
    choix: list
    filtre: Filtre | None

    @property
    def traces(self):
        """The years as bars: what was done and what was aimed at, out of a hundred of the longest."""
        plus = max(max(vise, n) for _annee, vise, _par, n in self.annees) * 1.1
        return [
            {"annee": annee, "n": n, "part": round(100 * n / plus), "vise_part": round(100 * vise / plus)}
            for annee, vise, _par, n in self.annees
        ]


def annees_arretees(dispositif):
    """The years of which a quarter was counted, the latest first. One query."""
    return sorted(set(dispositif.trimestres.values_list("annee", flat=True)), reverse=True)


def bord(dispositif, annee, trimestre=None, pour=""):
    """Return the Bord of a year, or of one of its quarters; None when nothing of it was counted. Three queries.

    `pour`: what it is narrowed to, see `filtre`; anything else narrows nothing.
    """
    tous = list(dispositif.trimestres.filter(annee__lte=annee, annee__gt=annee - ANNEES_MONTREES))
    choisis = [t for t in tous if t.annee == annee and trimestre in (None, t.numero)]
    if not choisis:
        return None
    chiffres = comptage.additionner([t.chiffres for t in choisis])
    noms = noms_de(chiffres["tables"])
    tables = _tables(chiffres["tables"], noms)
    siens = {t.numero: t.chiffres for t in tous if t.annee == annee}
    return Bord(
        annee,
        trimestre,
        chiffres["n"],
        choisis[-1].vise,
        _annees(tous),
        tables,
        _obstacles(chiffres["tables"]),
        [t.numero for t in choisis if t.chiffres["n"] is None],
        [besoin.mots for besoin in besoins(dispositif, annee, trimestre)],
        choix(tables),
        filtrer(pour, tables, noms, siens, [t.numero for t in choisis]),
    )


def besoins(dispositif, annee, trimestre=None):
    """The needs found for the territory in a year, or in one of its quarters, the oldest first. One query."""
    siens = dispositif.besoins.filter(annee=annee)
    return siens.filter(numero=trimestre) if trimestre else siens


def _annees(trimestres):
    lues = []
    for annee in sorted({t.annee for t in trimestres}, reverse=True):
        siens = {t.numero: t for t in trimestres if t.annee == annee}
        par_trimestre = [siens[n].chiffres["n"] if n in siens else "" for n in (1, 2, 3, 4)]
        total = sum(n for n in par_trimestre if n)
        lues.append((annee, max(siens.items())[1].vise, par_trimestre, total))
    return lues


def _tables(tables, noms):
    """[(key, title, [Ligne])], the longest first, what is told together last."""
    return [(cle, titre, lignes(tables[cle], noms[cle])) for cle, titre in TITRES.items() if tables]


def _obstacles(tables):
    """The obstacles met, the most frequent first; those of which nothing may be told last."""
    lus = []
    for sorte, mots in Obstacle.Sorte.choices:
        blocs = {tuple(bloc): n for bloc, n in tables.get(f"obstacle:{sorte}", [])}
        seuls = {bloc[0]: n for bloc, n in blocs.items() if len(bloc) == 1}
        ensemble = blocs.get((comptage.LEVE, comptage.RESTE))
        leve, reste = seuls.get(comptage.LEVE), seuls.get(comptage.RESTE)
        rencontre = ensemble if leve is None or reste is None else leve + reste
        if blocs and rencontre != 0:
            lus.append(Obstacles(sorte, str(mots), rencontre, leve, round(100 * (leve or 0) / (rencontre or 1))))
    return sorted(lus, key=lambda o: (o.rencontre is None, -(o.rencontre or 0)))


def trimestres_a_arreter(dispositif, depuis=2):
    """The finished quarters not counted yet, of these last `depuis` years: [(year, number)], the latest first."""
    jour = timezone.localdate()
    faits = set(dispositif.trimestres.values_list("annee", "numero"))
    possibles = [(annee, n) for annee in range(jour.year, jour.year - depuis, -1) for n in (4, 3, 2, 1)]
    return [p for p in possibles if p not in faits and comptage.bornes(*p)[1] < jour]
