"""The one table of a vote that every screen shows: bars, people by college, words, verdicts.

Screens choose the layout. It is dressed from the plain table kept at the closing (`Proclamation.tableau`) and from
words; no query, no tally.
"""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import inf

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..decomptes import en_pourcents
from ..decomptes.formes import EXACT, PEU, PRESQUE_TOUS, TU
from ..models import Scrutin
from .accords import accord_des_colleges
from .chiffres_dits import dire_avant, dire_part, dire_place, dire_repere, dire_sans_detail, dire_total, expliquer
from .verdicts import Verdict, groupes, juger, regle_en_clair


@dataclass(frozen=True)
class CollegeLu:
    id: int
    nom: str
    nom_court: str
    signe: str


@dataclass(frozen=True)
class PisteLue:
    """A piste as it was put to the vote. `note`: what became of it since ("Jointe depuis à la n° 3."), or ""."""

    id: int
    numero: int
    texte: str
    ecartee: bool = False
    note: str = ""
    axe: object = field(default=None, compare=False)


@dataclass(frozen=True)
class Colonne:
    """A college in the vote. `masque`: nothing of what it chose is shown."""

    college: CollegeLu
    votants: int
    masque: bool


@dataclass(frozen=True)
class Part:
    """One college on one piste. `personnes` is None unless the figure is exact; `texte` says it in words."""

    college: CollegeLu
    forme: str
    personnes: int | None
    sur: int | None
    texte: str


@dataclass(frozen=True)
class Segment:
    """A piece of the bar: `college`, or None for the others together; people, and % of the bar."""

    college: CollegeLu | None
    personnes: int
    part: int


@dataclass(frozen=True)
class Ligne:
    """One piste. `total` in words ("12 personnes sur 40"); `longueur` of the bar in % of the chart.

    `avant`: the first round in words, in a second one, or ""; `repere_avant`: its bar, in % of the chart, or None.
    `gommettes`: dots, None when not told; in a ranking, `place` (1 the first) and `total_points`, None when not
    told; `points`: all that in words; `sans_detail`: why there is nothing by college, or ""; `groupes`: see
    `verdicts.groupes`, without those of nobody.
    """

    piste: PisteLue
    forme: str
    personnes: int | None
    sur: int | None
    gommettes: int | None
    total: str
    longueur: int
    segments: tuple
    parts: tuple
    verdict: Verdict
    sans_detail: str
    membres: tuple
    groupes: tuple = ()
    avant: str = ""
    repere_avant: int | None = None
    place: int | None = None
    total_points: int | None = None
    points: str = ""

    @property
    def retenue(self):
        return self.verdict.cle == "retenue"


@dataclass(frozen=True)
class Tableau:
    """A closed vote. `repere`: where its mark stands, in % of the chart, or None; `repere_texte`: what it says.

    `papier`: of `votants`, how many voted on paper.
    """

    scrutin: int | None
    titre: str
    mode: str
    votants: int
    colonnes: tuple
    lignes: tuple
    explication: str
    regle: str
    repere: int | None
    repere_texte: str
    papier: int = 0

    @property
    def retenues(self):
        return sum(ligne.retenue for ligne in self.lignes)

    @property
    def masques(self):
        return any(colonne.masque for colonne in self.colonnes)

    @property
    def detaille(self):
        """Whether any college is told apart."""
        return any(colonne.votants and not colonne.masque for colonne in self.colonnes)

    @cached_property
    def accord(self):
        """What unites and divides the colleges, or None: see `accords`. Consent tells nothing by college."""
        return None if self.mode == Scrutin.Mode.CONSENTEMENT else accord_des_colleges(self)

    @property
    def sur_papier(self):
        """How many of those who voted did so on paper, in words, or ""."""
        return _("dont %(n)d sur papier") % {"n": self.papier} if self.papier else ""

    @property
    def portee(self):
        """That this is not a poll, and how many of the ballots come from paper."""
        dit = ngettext(
            "Ce vote dit ce que pense %(n)d personne. Ce n’est pas un sondage de toute la population.",
            "Ce vote dit ce que pensent les %(n)d personnes qui ont voté. "
            "Ce n’est pas un sondage de toute la population.",
            self.votants,
        ) % {"n": self.votants}
        papier = ngettext(
            "%(n)d bulletin a été saisi depuis le papier.",
            "%(n)d bulletins ont été saisis depuis le papier.",
            self.papier,
        )
        return f"{dit} {papier % {'n': self.papier}}" if self.papier else dit


def dresser(table, *, pistes, colleges, scrutin=None, titre=""):
    """Return the Tableau of a plain table. `pistes`: {id: PisteLue}; `colleges`: [CollegeLu], in order of display.

    Lines whose piste is not in `pistes` are left out.
    """
    noms = {str(c.id): c.nom_court for c in colleges}
    connues = {int(cle): ligne for cle, ligne in table["pistes"].items() if int(cle) in pistes}
    echelle, places = _echelle(table), Counter(ligne.get("place") for ligne in table["pistes"].values())
    lignes = [_ligne(table, pistes[pk], ligne, colleges, noms, echelle, places) for pk, ligne in connues.items()]
    lignes += [_mise_de_cote(pistes[int(cle)], m) for cle, m in table["ecartees"].items() if int(cle) in pistes]
    return Tableau(
        scrutin=scrutin,
        titre=titre,
        mode=table["reglages"]["mode"],
        votants=table["votants"],
        colonnes=tuple(
            Colonne(c, lu["votants"], lu["masque"]) for c in colleges if (lu := table["colleges"].get(str(c.id)))
        ),
        lignes=() if table["silence"] else tuple(sorted(lignes, key=lambda x: _rang(x, echelle))),
        explication=expliquer(table, noms),
        regle=regle_en_clair(table["reglages"], noms),
        repere=_repere(table["reglages"], echelle),
        repere_texte=dire_repere(table["reglages"], echelle),
        papier=table.get("papier", 0),
    )


def _par_gommettes(reglages):
    return bool(reglages["quorum"]) and reglages["mode"] == Scrutin.Mode.GOMMETTES


def _echelle(table):
    """What a bar of full length stands for, in dots, when a vote is judged by dots; else 0: bars are shares."""
    if not _par_gommettes(table["reglages"]):
        return 0
    return max([1, table["reglages"]["quorum"], *(x["gommettes"] or 0 for x in table["pistes"].values())])


def _repere(reglages, echelle):
    if reglages["mode"] == Scrutin.Mode.CONSENTEMENT:
        return None
    if echelle:
        return _pourcent(reglages["quorum"], echelle)
    return reglages["seuil"] if reglages["regle"] == Scrutin.Regle.PERSONNES else None


def _pourcent(n, sur):
    return int(100 * Fraction(n, sur) + Fraction(1, 2)) if sur else 0


def _rang(ligne, echelle):
    """Where a line stands: by its place in a ranking, or its dots when they decide, then its people and number."""
    part = Fraction(0)
    if ligne.forme == PRESQUE_TOUS:
        part = Fraction(ligne.sur - 1, ligne.sur)
    elif ligne.personnes:
        part = Fraction(ligne.personnes, ligne.sur)
    return ligne.place or inf, -ligne.longueur if echelle else 0, -part, ligne.piste.numero


def _ligne(table, piste, ligne, colleges, noms, echelle, places):
    verdict = juger(table, ligne, noms)
    if piste.ecartee:
        verdict = Verdict("en_memoire", _("Écartée par le groupe"))
    longueur = _longueur(table["reglages"], ligne, echelle)
    parts = tuple(_part(table, c, lu) for c in colleges if (lu := ligne["colleges"].get(str(c.id))))
    return Ligne(
        piste=piste,
        forme=ligne["forme"],
        personnes=ligne["personnes"],
        sur=ligne["sur"],
        gommettes=ligne.get("gommettes"),
        total=dire_total(ligne),
        longueur=longueur,
        segments=_segments(ligne, parts) if longueur else (),
        parts=parts,
        verdict=verdict,
        sans_detail=dire_sans_detail(table, ligne),
        membres=tuple(ligne["membres"]),
        avant=dire_avant(ligne),
        repere_avant=_repere_avant(ligne, echelle),
        place=ligne.get("place"),
        total_points=ligne.get("points"),
        points=_points(ligne, places),
        groupes=() if ligne["forme"] == TU else tuple(g for g in groupes(ligne) if g[1]),
    )


def _points(ligne, places):
    if (n := ligne.get("gommettes")) is not None:
        return ngettext("%(n)d gommette", "%(n)d gommettes", n) % {"n": n}
    return dire_place(ligne, places[ligne.get("place")] > 1)


def _mise_de_cote(piste, membres):
    verdict = Verdict("en_memoire", _("Écartée par le groupe"))
    return Ligne(piste, TU, None, None, None, "", 0, (), (), verdict, "", tuple(membres))


def _longueur(reglages, ligne, echelle):
    if ligne["forme"] == TU or ligne["forme"] == PEU:
        return 0
    if echelle and ligne["gommettes"] is not None:
        return _pourcent(ligne["gommettes"], echelle)
    if ligne["forme"] == PRESQUE_TOUS:
        return max(1, 100 * (ligne["sur"] - 1) // ligne["sur"])
    part = Fraction(ligne["personnes"], ligne["sur"])
    if _repere(reglages, echelle) is not None and not echelle:
        return en_pourcents(part, reglages["seuil"])
    return int(100 * part + Fraction(1, 2))


def _repere_avant(ligne, echelle):
    avant = ligne.get("avant")
    return None if avant is None or echelle or not avant["sur"] else _pourcent(avant["personnes"], avant["sur"])


def _part(table, college, case):
    return Part(college, case["forme"], case["personnes"], case["sur"], dire_part(table["reglages"]["mode"], case))


def _segments(ligne, parts):
    """People of each college whose figure is exact, and of all the others together, in % of the bar."""
    if ligne["forme"] != EXACT or not ligne["personnes"]:
        return ()
    total = ligne["personnes"]
    segments = [
        Segment(p.college, p.personnes, _pourcent(p.personnes, total)) for p in parts if p.personnes is not None
    ]
    reste = total - sum(s.personnes for s in segments)
    return (*segments, Segment(None, reste, _pourcent(reste, total))) if reste else tuple(segments)
