"""The steps put on the clock: when each begins and ends, and how late the workshop will end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Etape

INSECABLE = "\u00a0"


#: Minutes beyond which a workshop is no longer late, but another day's.
DEMI_JOURNEE = 240


@dataclass(frozen=True)
class Passage:
    """One step and when it takes place; `debut` and `fin` are None for a step that was skipped."""

    etape: Etape
    debut: datetime | None
    fin: datetime | None

    @property
    def heure(self):
        return heure_lisible(self.debut) if self.debut else ""

    @property
    def minutes(self):
        """Minutes really taken or foreseen; the planned duration for a skipped step."""
        return round((self.fin - self.debut).total_seconds() / 60) if self.debut else self.etape.duree

    @property
    def etat(self):
        """The step's state in one word, as the list says it."""
        if self.debut is None:
            return _("passée")
        return {
            Etape.Etat.A_VENIR: _("à venir"),
            Etape.Etat.OUVERTE: _("ouverte"),
            Etape.Etat.EN_PAUSE: _("en pause"),
            Etape.Etat.FERMEE: _("faite"),
        }[Etape.Etat(self.etape.etat)]


@dataclass(frozen=True)
class Horaires:
    """`retard` and `depasse` are whole minutes: against the sum of durations, and past the end of the half-day."""

    passages: tuple
    fin: datetime
    retard: int
    depasse: int
    commence: bool
    fini: bool

    @property
    def phrase(self):
        """Return the expected end in plain words, with what it means for the room."""
        heure = heure_lisible(self.fin)
        if not self.passages:
            return ""
        if self.fini:
            return _("L’atelier est terminé depuis %(heure)s.") % {"heure": heure}
        if not self.commence:
            return _("Fin prévue à %(heure)s si vous commencez à %(debut)s.") % {
                "heure": heure,
                "debut": self.passages[0].heure,
            }
        return " ".join(filter(None, [self._fin_prevue(heure), self._demi_journee(), self._pause()]))

    def _fin_prevue(self, heure):
        if abs(self.retard) > DEMI_JOURNEE:  # taken up again another day: how late it is says nothing
            return _("Fin prévue à %(heure)s.") % {"heure": heure}
        if self.retard > 0:
            return _("Fin prévue à %(heure)s, soit %(n)s min de retard.") % {"heure": heure, "n": self.retard}
        if self.retard < 0:
            return _("Fin prévue à %(heure)s, soit %(n)s min d’avance.") % {"heure": heure, "n": -self.retard}
        return _("Fin prévue à %(heure)s, à l’heure.") % {"heure": heure}

    def _demi_journee(self):
        if self.depasse <= 0:
            return ""
        return ngettext(
            "C’est %(n)s minute après la fin de la demi-journée.",
            "C’est %(n)s minutes après la fin de la demi-journée.",
            self.depasse,
        ) % {"n": self.depasse}

    def _pause(self):
        a_venir = (p.etape for p in self.passages if p.debut and p.etape.etat == Etape.Etat.A_VENIR)
        pause = self.retard > 0 and any(e.nature == Etape.Nature.PAUSE for e in a_venir)
        return _("La pause reste entière.") if pause else ""


def heure_lisible(instant):
    """Return the local time as people write it: "14 h 05"."""
    local = timezone.localtime(instant)
    return f"{local.hour}{INSECABLE}h{INSECABLE}{local.minute:02d}"


def poser_horaires(etapes, *, debut, fin, maintenant):
    """Put ordered `etapes` on the clock. `debut` and `fin` are those of the half-day; all aware datetimes.

    A step left unopened behind one that was opened is skipped: it takes no time. What is to come keeps its length.
    """
    dernier = max((i for i, e in enumerate(etapes) if e.etat != Etape.Etat.A_VENIR), default=-1)
    depart = _depart(etapes, debut, maintenant)
    curseur, prevue, passages = depart, depart, []
    for rang, etape in enumerate(etapes):
        if etape.etat == Etape.Etat.A_VENIR and rang < dernier:
            passages.append(Passage(etape, None, None))
            continue
        passage = _passage(etape, curseur, maintenant)
        passages.append(passage)
        curseur, prevue = passage.fin, prevue + timedelta(minutes=etape.duree)
    return Horaires(
        passages=tuple(passages),
        fin=curseur,
        retard=_minutes(curseur - prevue),
        depasse=_minutes(curseur - fin) if _meme_jour(curseur, fin) else 0,
        commence=dernier >= 0,
        fini=bool(etapes) and all(p.debut is None or p.etape.etat == Etape.Etat.FERMEE for p in passages),
    )


def _depart(etapes, debut, maintenant):
    ouvertures = [e.ouverte_le for e in etapes if e.ouverte_le]
    return min(ouvertures) if ouvertures else max(debut, maintenant)


def _passage(etape, curseur, maintenant):
    if etape.etat == Etape.Etat.FERMEE:
        ouverte = etape.ouverte_le or curseur
        return Passage(etape, ouverte, etape.fermee_le or ouverte)
    if etape.etat == Etape.Etat.EN_PAUSE:
        return Passage(etape, etape.ouverte_le, maintenant + timedelta(seconds=etape.restant or 0))
    if etape.etat == Etape.Etat.OUVERTE:
        return Passage(etape, etape.ouverte_le, max(etape.echeance or maintenant, maintenant))
    debut = max(curseur, maintenant)
    return Passage(etape, debut, debut + timedelta(minutes=etape.duree))


def _minutes(ecart):
    return round(ecart.total_seconds() / 60)


def _meme_jour(a, b):
    """A workshop played again another day (a rehearsal) is not said to end days late."""
    return timezone.localdate(a) == timezone.localdate(b)
