"""The acts of visits: see each module."""

from .comptes_rendus import (
    accorder,
    accorder_pour_l_entreprise,
    depublier,
    ecrire_recit,
    preparer_compte_rendu,
    publier,
    verser_constats,
)
from .demandes import demander, rendre, repartir_les_places
from .offres import annuler, enregistrer_visite, ouvrir, supprimer_visite

__all__ = [
    "accorder",
    "accorder_pour_l_entreprise",
    "annuler",
    "demander",
    "depublier",
    "ecrire_recit",
    "enregistrer_visite",
    "ouvrir",
    "preparer_compte_rendu",
    "publier",
    "rendre",
    "repartir_les_places",
    "supprimer_visite",
    "verser_constats",
]
