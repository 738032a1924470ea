"""The acts of the post: see each module."""

from .abonnements import (
    abonner,
    choisir,
    confirmer,
    inscrire,
    oublier_a_terme,
    oublier_jamais_confirmes,
    se_desabonner,
)
from .envois import defaire, figer, lancer, reecrire, reprendre, suspendre

__all__ = [
    "abonner",
    "choisir",
    "confirmer",
    "defaire",
    "figer",
    "inscrire",
    "lancer",
    "oublier_a_terme",
    "oublier_jamais_confirmes",
    "reecrire",
    "reprendre",
    "se_desabonner",
    "suspendre",
]
