"""The map of opinions as screens and paper show it: shapes placed in a drawing, the same in a table, words.

Dressed from what is kept beside the table of a vote (`Proclamation.opinions`, see `decomptes.opinions`) and from
words; no query, no vote.
"""

from dataclasses import dataclass
from math import hypot, sqrt

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..analyse.carte import PERSONNES_MIN, STABILITE, TIRAGES
from ..decomptes.formes import SEUIL_SECRET
from ..decomptes.opinions import PEU_DE_VOTANTS

#: The drawing, in its own units: room is left around for the names of the groups.
LARGE, HAUT, MARGE = 720, 520, 90
RAYON_MIN, RAYON_MAX = 30, 62
#: Half of the width of a group's name.
NOM = 100
#: Passes that push shapes apart until each can be read.
ECARTEMENTS = 60
FIGURES = ("rond", "carre", "losange", "triangle", "hexagone")


@dataclass(frozen=True)
class Forme:
    """A shape: `points` of its polygon, "" for a circle; `y_texte`: where its number stands."""

    n: int
    x: int
    y: int
    rayon: int
    points: str

    @property
    def y_texte(self):
        return self.y + 12


@dataclass(frozen=True)
class Groupe:
    """`zone`: (x, y, rx, ry) of the line around its shapes; `ou` in words; `pour`, `contre`: PisteLues."""

    lettre: str
    figure: str
    n: int
    ou: str
    formes: tuple
    zone: tuple
    pour: tuple
    contre: tuple

    @property
    def nom(self):
        return _("Groupe {lettre}").format(lettre=self.lettre)

    @property
    def x_nom(self):
        return min(max(self.zone[0], NOM), LARGE - NOM)

    @property
    def y_nom(self):
        """Where its name stands: above its shapes, or below when there is no room."""
        _x, y, _rx, ry = self.zone
        return y - ry - 10 if y - ry > 46 else y + ry + 36


@dataclass(frozen=True)
class Opinions:
    """`pourquoi`: why there is no map, in a sentence, or ""; `hors`: people off the map, when they are told."""

    votants: int
    groupes: tuple
    hors: int | None
    stabilite: float
    pourquoi: str

    @property
    def titre(self):
        return _("{n} façons de répondre").format(n=len(self.groupes))

    @property
    def description(self):
        """What the drawing shows, for those who do not see it."""
        dits = [_("{groupe}, {ou} : {n} personnes.").format(groupe=g.nom, ou=g.ou, n=g.n) for g in self.groupes]
        return " ".join([*dits, _("Le tableau dit la même chose.")])

    @property
    def tenue(self):
        return _(
            "Les groupes tiennent : sur {n} essais, ils restent presque les mêmes ({part} ; il faut {seuil})."
        ).format(n=TIRAGES, part=_decimal(self.stabilite), seuil=_decimal(STABILITE))

    @property
    def fondus(self):
        """What the largest group also holds when those off the map are too few to be told, or ""."""
        if self.pourquoi or self.hors is not None:
            return ""
        return _(
            "Le groupe A compte aussi les personnes qui ne sont pas sur la carte. "
            "Elles sont moins de {n}, ou il n’y en a pas : leur nombre n’est pas dit."
        ).format(n=SEUIL_SECRET)


def _decimal(part):
    return number_format(part, decimal_pos=2)


def dresser_opinions(gardees, pistes):
    """Return the Opinions of what is kept of a map, or None when none was asked for. `pistes`: {id: PisteLue}."""
    if not gardees:
        return None
    formes = _placer(gardees["formes"])
    groupes = []
    for rang, groupe in enumerate(gardees["groupes"]):
        siennes = tuple(formes[i] for i, f in enumerate(gardees["formes"]) if f["groupe"] == rang)
        groupes.append(
            Groupe(
                lettre="ABCDE"[rang],
                figure=FIGURES[rang],
                n=groupe["n"],
                ou=_ou(siennes),
                formes=siennes,
                zone=_zone(siennes),
                pour=_pistes(groupe["pour"], pistes),
                contre=_pistes(groupe["contre"], pistes),
            )
        )
    return Opinions(
        votants=gardees["votants"],
        groupes=tuple(groupes),
        hors=gardees["hors"],
        stabilite=gardees["stabilite"],
        pourquoi=_pourquoi(gardees),
    )


def _pistes(ids, pistes):
    return tuple(sorted((pistes[pk] for pk in ids if pk in pistes), key=lambda piste: piste.numero))


def _pourquoi(gardees):
    if gardees["pourquoi"] == PEU_DE_VOTANTS:
        return _("Il faut au moins {n} votants pour chercher des groupes. Ils sont {votants}.").format(
            n=PERSONNES_MIN, votants=gardees["votants"]
        )
    if gardees["pourquoi"]:
        return _(
            "Aucun groupe ne tient : en recommençant le calcul {n} fois, les personnes changent trop souvent de "
            "groupe. Une carte montrerait des camps qui n’existent pas."
        ).format(n=TIRAGES)
    return ""


def _placer(formes):
    """Return the Forme of each, in order: scaled to the drawing, then pushed apart so that none hides another."""
    plus = max((f["n"] for f in formes), default=1)
    rayons = [RAYON_MIN + (RAYON_MAX - RAYON_MIN) * sqrt(f["n"] / plus) for f in formes]
    places = [[LARGE / 2 + f["x"] * (LARGE / 2 - MARGE), HAUT / 2 - f["y"] * (HAUT / 2 - MARGE)] for f in formes]
    for _tour in range(ECARTEMENTS):
        _ecarter(places, rayons)
    return [
        Forme(f["n"], round(x), round(y), round(r), _points(FIGURES[f["groupe"]], x, y, r))
        for f, (x, y), r in zip(formes, places, rayons, strict=True)
    ]


def _ecarter(places, rayons):
    for i, un in enumerate(places):
        for j in range(i):
            autre = places[j]
            dx, dy = un[0] - autre[0], un[1] - autre[1]
            loin = hypot(dx, dy)
            manque = rayons[i] + rayons[j] + 8 - loin
            if manque > 0:
                ux, uy = (dx / loin, dy / loin) if loin else (1.0, 0.0)
                un[0] += ux * manque / 2
                un[1] += uy * manque / 2
                autre[0] -= ux * manque / 2
                autre[1] -= uy * manque / 2
        un[0] = min(max(un[0], MARGE), LARGE - MARGE)
        un[1] = min(max(un[1], MARGE), HAUT - MARGE)


#: Corners of each figure of radius 1, all of about the same area.
_COINS = {
    "carre": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "losange": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "triangle": ((0, -1.35), (1.3, 0.95), (-1.3, 0.95)),
    "hexagone": ((-0.55, -0.95), (0.55, -0.95), (1.1, 0), (0.55, 0.95), (-0.55, 0.95), (-1.1, 0)),
}


def _points(figure, x, y, rayon):
    return " ".join(f"{round(x + rayon * a)},{round(y + rayon * b)}" for a, b in _COINS.get(figure, ()))


def _zone(formes):
    gauche, droite = min(f.x - f.rayon for f in formes), max(f.x + f.rayon for f in formes)
    haut, bas = min(f.y - f.rayon for f in formes), max(f.y + f.rayon for f in formes)
    return (gauche + droite) // 2, (haut + bas) // 2, (droite - gauche) // 2 + 22, (bas - haut) // 2 + 22


def _ou(formes):
    """Where a group stands, in words."""
    total = sum(f.n for f in formes)
    x, y = sum(f.n * f.x for f in formes) / total, sum(f.n * f.y for f in formes) / total
    cote = "" if abs(x - LARGE / 2) < LARGE / 12 else "gauche" if x < LARGE / 2 else "droite"
    etage = "" if abs(y - HAUT / 2) < HAUT / 12 else "haut" if y < HAUT / 2 else "bas"
    return str(_MOTS[etage, cote]())


_MOTS = {
    ("", ""): lambda: _("au milieu"),
    ("", "gauche"): lambda: _("à gauche"),
    ("", "droite"): lambda: _("à droite"),
    ("haut", ""): lambda: _("en haut"),
    ("bas", ""): lambda: _("en bas"),
    ("haut", "gauche"): lambda: _("en haut à gauche"),
    ("haut", "droite"): lambda: _("en haut à droite"),
    ("bas", "gauche"): lambda: _("en bas à gauche"),
    ("bas", "droite"): lambda: _("en bas à droite"),
}
