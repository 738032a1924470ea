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
from .pages import envoyer_page, lire_prenom, rendre_page

__all__ = [
    "abonner",
    "choisir",
    "confirmer",
    "defaire",
    "envoyer_page",
    "figer",
    "inscrire",
    "lancer",
    "lire_prenom",
    "oublier_a_terme",
    "oublier_jamais_confirmes",
    "reecrire",
    "rendre_page",
    "reprendre",
    "se_desabonner",
    "suspendre",
]
