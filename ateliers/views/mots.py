"""The words of the phone: time left, what became of what one wrote, results. Numbers in, sentences out."""

from dataclasses import dataclass
from math import ceil

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models import Etape

NATURES = {
    "piste": {
        "champ": gettext_lazy("Ma piste"),
        "bouton": gettext_lazy("Proposer ma piste"),
        "arrivee": gettext_lazy("Votre piste est arrivée."),
        "encore": gettext_lazy("Proposer une autre piste"),
        "suivre": gettext_lazy("Suivre ma piste"),
    },
    "critere": {
        "champ": gettext_lazy("Mon critère"),
        "bouton": gettext_lazy("Proposer mon critère"),
        "arrivee": gettext_lazy("Votre critère est arrivé."),
        "encore": gettext_lazy("Proposer un autre critère"),
        "suivre": gettext_lazy("Suivre mon critère"),
    },
    "indicateur": {
        "champ": gettext_lazy("Mon indicateur"),
        "bouton": gettext_lazy("Proposer mon indicateur"),
        "arrivee": gettext_lazy("Votre indicateur est arrivé."),
        "encore": gettext_lazy("Proposer un autre indicateur"),
        "suivre": gettext_lazy("Suivre mon indicateur"),
    },
    "tendance": {
        "champ": gettext_lazy("Ma tendance"),
        "bouton": gettext_lazy("Proposer ma tendance"),
        "arrivee": gettext_lazy("Votre tendance est arrivée."),
        "encore": gettext_lazy("Proposer une autre tendance"),
        "suivre": gettext_lazy("Suivre ma tendance"),
    },
    "question": {
        "champ": gettext_lazy("Ma question"),
        "bouton": gettext_lazy("Poser ma question"),
        "arrivee": gettext_lazy("Votre question est arrivée."),
        "encore": gettext_lazy("Poser une autre question"),
        "suivre": gettext_lazy("Suivre ma question"),
    },
}

DEGRES = [
    (4, gettext_lazy("Tout à fait d’accord")),
    (3, gettext_lazy("Plutôt d’accord")),
    (2, gettext_lazy("Plutôt pas d’accord")),
    (1, gettext_lazy("Pas du tout d’accord")),
]


CONSENTEMENTS = [(4, gettext_lazy("Je consens"))]


def de_nature(nature):
    return NATURES.get(nature, NATURES["piste"])


def pas(etapes, courante):
    """One class per step for the squares of the header: "fait", "ici", or nothing."""
    return ["ici" if etape == courante else "fait" if etape.etat == Etape.Etat.FERMEE else "" for etape in etapes]


@dataclass(frozen=True)
class Reste:
    """The clock of a step. `part`: what is left, in %; `secondes` may be 0; `echeance_ms` is None while paused."""

    texte: str
    part: int
    secondes: int
    duree: int
    echeance_ms: int | None
    en_pause: bool


def reste(etape, maintenant=None):
    """Return the Reste of an open or paused step, or None when there is nothing to count."""
    if etape is None or (etape.echeance is None and etape.restant is None):
        return None
    en_pause = etape.etat == Etape.Etat.EN_PAUSE
    maintenant = maintenant or timezone.now()
    secondes = (etape.restant or 0) if en_pause else max(0, round((etape.echeance - maintenant).total_seconds()))
    duree = max(etape.duree * 60, secondes, 1)
    return Reste(
        texte=_("En pause") if en_pause else temps_restant(secondes),
        part=round(100 * secondes / duree),
        secondes=secondes,
        duree=duree,
        echeance_ms=None if en_pause else round(etape.echeance.timestamp() * 1000),
        en_pause=en_pause,
    )


def temps_restant(secondes):
    """ "Il reste 6 minutes": whole minutes, rounded up, as people say it."""
    if secondes <= 0:
        return _("Le temps est passé")
    if secondes < 60:
        return _("Il reste moins d’une minute")
    minutes = ceil(secondes / 60)
    return ngettext("Il reste %(n)d minute", "Il reste %(n)d minutes", minutes) % {"n": minutes}


def il_y_a(quand, maintenant=None):
    """ "à l’instant", "il y a 3 min", "il y a 2 h", then the day."""
    minutes = int(((maintenant or timezone.now()) - quand).total_seconds() // 60)
    if minutes < 1:
        return _("à l’instant")
    if minutes < 60:
        return _("il y a %(n)d min") % {"n": minutes}
    if minutes < 24 * 60:
        return _("il y a %(n)d h") % {"n": minutes // 60}
    return _("le %(jour)s") % {"jour": date_format(timezone.localtime(quand), "j F")}
