"""Who is registered, against who was hoped for."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.models import Participant


@dataclass(frozen=True)
class PartCollege:
    """`part` and `cible` in percent of the people registered; `cible` None when none was set."""

    nom: str
    signe: str
    inscrits: int
    part: int
    cible: int | None
    manquants: int
    sur_places: int = 0
    places: int | None = None

    @property
    def atteinte(self):
        return self.cible is None or self.part >= self.cible

    @property
    def phrase(self):
        if self.cible is None:
            return ""
        if self.atteinte:
            return _("La part visée (%(cible)s %%) est atteinte.") % {"cible": self.cible}
        if self.sur_places:
            return _(
                "Part visée : %(cible)s %%, soit %(n)s places sur %(places)s. Il y a %(inscrits)s personnes, "
                "et il ne reste pas assez de places."
            ) % {"cible": self.cible, "n": self.sur_places, "places": self.places, "inscrits": self.inscrits}
        manque = ngettext("Il manque %(n)s personne.", "Il manque %(n)s personnes.", self.manquants)
        return _("Part visée : %(cible)s %%. %(manque)s") % {
            "cible": self.cible,
            "manque": manque % {"n": self.manquants},
        }


@dataclass(frozen=True)
class Mixite:
    """`venus`: those who came in without being registered; they are in `total`, and take no registered seat."""

    total: int
    places: int | None
    parts: list[PartCollege]
    venus: int = 0

    @property
    def inscrits(self):
        return self.total - self.venus

    @property
    def en_retard(self):
        return [part for part in self.parts if not part.atteinte]


def mixite(consultation):
    """Return the Mixite of the people registered or come in (nobody erased, on paper or simulated). One query."""
    comptes = Q(participants__efface_le__isnull=True) & ~Q(participants__origine__in=Participant.PAS_ATTENDUS)
    colleges = list(
        consultation.colleges.annotate(
            nb=Count("participants", filter=comptes),
            nb_venus=Count("participants", filter=comptes & Q(participants__origine="salle")),
        ).order_by("ordre", "pk")
    )
    total, venus = (sum(getattr(college, nb) for college in colleges) for nb in ("nb", "nb_venus"))
    parts = [_part(college, total, consultation.places) for college in colleges]
    return Mixite(total, consultation.places, parts, venus)


def _part(college, total, places):
    """`manquants`: how many more of this college, everyone else staying, reach its target share.

    When there is no seat left for them, `sur_places` says how many the share makes of all the seats instead.
    """
    part = round(100 * college.nb / total) if total else 0
    manquants = sur_places = 0
    if college.part_cible and total and part < college.part_cible:
        cible = min(college.part_cible, 99) / 100
        manquants = max(1, -int(-(cible * total - college.nb) // (1 - cible)))
        if places and total + manquants > places:
            sur_places = -(-college.part_cible * places // 100)
    return PartCollege(
        college.nom, college.signe, college.nb, part, college.part_cible, manquants, sur_places, places
    )
