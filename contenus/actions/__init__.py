"""Every write of the publishing side that is ours. Editing, moderating and publishing are Wagtail's own acts."""

from .carnets import garder_carnet, proposer_carnet, retirer_carnet
from .fiches import importer_fiches
from .pages import faire_page_du_seminaire
from .publications import (
    composer_fil_info,
    constater_publication,
    constater_retour,
    constater_soumission,
    faire_page,
    reprendre_chiffres,
)
from .reponses import effacer_reponses_echues, recevoir_reponse
from .suivi import cesser_nouvelles, confirmer_nouvelles, demander_nouvelles, prendre_nouvelles, rendre_nouvelles
from .telechargements import compter_telechargement
from .tirages import arreter_tirage, lancer_tirage, oublier_tirages, reprendre_tirage

__all__ = [
    "arreter_tirage",
    "cesser_nouvelles",
    "composer_fil_info",
    "compter_telechargement",
    "confirmer_nouvelles",
    "constater_publication",
    "constater_retour",
    "constater_soumission",
    "demander_nouvelles",
    "effacer_reponses_echues",
    "faire_page",
    "faire_page_du_seminaire",
    "garder_carnet",
    "importer_fiches",
    "lancer_tirage",
    "oublier_tirages",
    "prendre_nouvelles",
    "proposer_carnet",
    "recevoir_reponse",
    "rendre_nouvelles",
    "reprendre_chiffres",
    "reprendre_tirage",
    "retirer_carnet",
]
