"""The workshops entrusted to someone, each with what happens in it now."""

from collections import defaultdict
from dataclasses import dataclass

from consultation.regles import roles_par_espace

from ..models import Atelier, Etape


@dataclass(frozen=True)
class Carte:
    """A workshop as its facilitator sees it in a list. `role` is what the account is entrusted with there.

    `anime`: whether they lead it (a superuser, who holds no mandate, leads them all).
    """

    atelier: Atelier
    etapes: tuple
    role: str
    anime: bool

    @property
    def courante(self):
        return next((e for e in self.etapes if e.etat in (Etape.Etat.OUVERTE, Etape.Etat.EN_PAUSE)), None)

    @property
    def fini(self):
        return bool(self.etapes) and self.etapes[-1].etat == Etape.Etat.FERMEE and self.courante is None

    @property
    def commence(self):
        return any(e.etat != Etape.Etat.A_VENIR for e in self.etapes)


def decrire(ateliers, compte):
    """Return one Carte per atelier, in the same order; two queries."""
    etapes = defaultdict(list)
    for etape in Etape.objects.filter(atelier__in=[a.pk for a in ateliers]):
        etapes[etape.atelier_id].append(etape)
    roles = roles_par_espace(compte, [a.espace for a in ateliers])
    return [Carte(a, tuple(etapes[a.pk]), *roles[a.espace_id]) for a in ateliers]
