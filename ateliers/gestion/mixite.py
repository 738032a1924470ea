"""Who is registered, against who was hoped for."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class PartCollege:
    """`part` and `cible` in percent of the people registered; `cible` None when none was set."""

    nom: str
    signe: str
    inscrits: int
    part: int
    cible: int | None
    manquants: int

    @property
    def atteinte(self):
        return self.cible is None or self.part >= self.cible

    @property
    def phrase(self):
        if self.cible is None:
            return ""
        if self.atteinte:
            return _("La part visée (%(cible)s %%) est atteinte.") % {"cible": self.cible}
        manque = ngettext("Il manque %(n)s personne.", "Il manque %(n)s personnes.", self.manquants)
        return _("Part visée : %(cible)s %%. %(manque)s") % {
            "cible": self.cible,
            "manque": manque % {"n": self.manquants},
        }


@dataclass(frozen=True)
class Mixite:
    total: int
    places: int | None
    parts: list[PartCollege]

    @property
    def en_retard(self):
        return [part for part in self.parts if not part.atteinte]


def mixite(consultation):
    """Return the Mixite of the people registered (erased, paper and simulated ones left out). One query."""
    comptes = Q(participants__efface_le__isnull=True) & ~Q(participants__origine__in=["papier", "simulation"])
    colleges = list(
        consultation.colleges.annotate(nb=Count("participants", filter=comptes)).order_by("ordre", "pk")
    )
    total = sum(college.nb for college in colleges)
    parts = [_part(college, total) for college in colleges]
    return Mixite(total, consultation.places, parts)


def _part(college, total):
    """`manquants`: how many more of this college, everyone else staying, reach its target share."""
    part = round(100 * college.nb / total) if total else 0
    manquants = 0
    if college.part_cible and total and part < college.part_cible:
        cible = min(college.part_cible, 99) / 100
        manquants = max(1, -int(-(cible * total - college.nb) // (1 - cible)))
    return PartCollege(college.nom, college.signe, college.nb, part, college.part_cible, manquants)
