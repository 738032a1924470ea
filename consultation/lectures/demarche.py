"""The stages that a consultation is part of, as one line."""

from dataclasses import dataclass

from django.utils import timezone

from ..models import EtapeDemarche

FAITE, EN_COURS, A_VENIR = "faite", "en_cours", "a_venir"


@dataclass(frozen=True)
class EtapeLue:
    """A stage, and where it stands on a given day: FAITE, EN_COURS or A_VENIR."""

    etape: EtapeDemarche
    etat: str


def demarche(consultation, jour=None):
    """Return the EtapeLue of each stage in order, on `jour` (today). One query.

    A stage without dates has no day of its own: it is done when a later stage is done or under way.
    """
    jour = jour or timezone.localdate()
    lues, suite = [], A_VENIR
    for etape in reversed(consultation.demarche.all()):
        etat = _etat(etape, jour, suite)
        lues.append(EtapeLue(etape, etat))
        suite = A_VENIR if etat == A_VENIR else FAITE
    return lues[::-1]


def _etat(etape, jour, suite):
    debut = etape.debut or etape.fin
    if debut is None:
        return suite
    if jour < debut:
        return A_VENIR
    return EN_COURS if jour <= (etape.fin or debut) else FAITE
