"""The workshops entrusted to someone, each with what happens in it now."""

from collections import defaultdict
from dataclasses import dataclass

from consultation.models import Mandat
from consultation.regles import EDITEUR

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


#: When someone holds several mandates, the widest is the one shown.
_LARGEUR = {Mandat.Role.ORGANISATEUR: 0, Mandat.Role.ANIMATEUR: 1, Mandat.Role.RAPPORTEUR: 2}


def decrire(ateliers, compte):
    """Return one Carte per atelier, in the same order; two queries."""
    etapes = defaultdict(list)
    for etape in Etape.objects.filter(atelier__in=[a.pk for a in ateliers]):
        etapes[etape.atelier_id].append(etape)
    mandats = list(compte.mandats.exclude(role=EDITEUR))
    return [_carte(a, tuple(etapes[a.pk]), mandats, compte) for a in ateliers]


def _carte(atelier, etapes, mandats, compte):
    mandat = _le_plus_large(atelier, mandats)
    anime = compte.is_superuser or (mandat is not None and mandat.role != Mandat.Role.RAPPORTEUR)
    return Carte(atelier, etapes, mandat.get_role_display() if mandat else "", anime)


def _le_plus_large(atelier, mandats):
    siens = [
        m
        for m in mandats
        if m.consultation_id == atelier.espace.consultation_id
        and (m.espace_id in (None, atelier.espace_id) or m.role == Mandat.Role.ORGANISATEUR)
    ]
    siens.sort(key=lambda m: _LARGEUR.get(m.role, 9))
    return siens[0] if siens else None
