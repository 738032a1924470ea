"""What the network may talk about: lines of the board as points of an agenda; the agendas made of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ateliers.models import Etape

from .. import comptage
from .bord import besoins, bord

OBSTACLE, SUITE, BESOIN = "obstacle", "suite", "besoin"
SORTES = {
    OBSTACLE: gettext_lazy("Ce qui gênait"),
    SUITE: gettext_lazy("Ce qui a suivi"),
    BESOIN: gettext_lazy("Les besoins du territoire"),
}


@dataclass(frozen=True)
class Point:
    """A line of the board as a step of a workshop: `cle` names it, `titre` and `consigne` are its words.

    Nothing but what the board tells is in them: a figure that is withheld is in no point.
    """

    cle: str
    sorte: str
    titre: str
    consigne: str


def points(dispositif, annee, trimestre=None):
    """The Points of a year, or of one of its quarters: obstacles, outcomes, needs. Four queries.

    Without any figure counted, there are the needs alone.
    """
    lu = bord(dispositif, annee, trimestre)
    trouves = []
    if lu is not None:
        trouves += [_obstacle(un) for un in lu.obstacles if un.rencontre is not None]
        suites = (lignes for cle, _titre, lignes in lu.tables if cle == comptage.SUITE)
        trouves += [_suite(une, lu.n) for lignes in suites for une in lignes if _dit_une_suite(une)]
    return trouves + [_besoin(un) for un in besoins(dispositif, annee, trimestre)]


def _obstacle(un):
    dits = {"n": un.rencontre, "leve": un.leve}
    if un.leve is None:
        dit = _("Rencontré %(n)s fois. Que peut-on faire ensemble ?")
    elif un.leve == 0:
        dit = _("Rencontré %(n)s fois, pas encore réglé. Que peut-on faire ensemble ?")
    else:
        dit = _("Rencontré %(n)s fois, réglé %(leve)s fois. Que peut-on faire ensemble ?")
    return Point(f"{OBSTACLE}:{un.cle}", OBSTACLE, un.mots, dit % dits)


def _dit_une_suite(ligne):
    return not ligne.reunie and ligne.cle != comptage.A_VENIR


def _suite(ligne, total):
    dit = _("%(n)s immersions sur %(total)s. Qu’est-ce que cela nous apprend ?") % {"n": ligne.n, "total": total}
    return Point(f"{SUITE}:{ligne.cle}", SUITE, _("Et après : %(suite)s") % {"suite": ligne.mots}, dit)


def _besoin(besoin):
    dit = _("Un besoin du territoire. Qui peut y répondre, et comment ?")
    return Point(f"{BESOIN}:{besoin.pk}", BESOIN, besoin.mots, dit)


def ordres_du_jour(dispositif, annee=None, trimestre=None):
    """The agendas made of its board, the latest first; those of a year or of one of its quarters. One query."""
    siens = dispositif.ordres_du_jour.select_related("atelier__temps", "atelier__espace", "atelier__salle")
    if annee:
        siens = siens.filter(annee=annee)
    return siens.filter(trimestre=trimestre) if trimestre else siens


def etapes_de(ordre):
    """The steps of the meeting as they stand, without its breaks. One query."""
    return ordre.atelier.etapes.exclude(nature=Etape.Nature.PAUSE)
