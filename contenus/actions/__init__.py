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
from .telechargements import compter_telechargement

__all__ = [
    "composer_fil_info",
    "compter_telechargement",
    "constater_publication",
    "constater_retour",
    "constater_soumission",
    "effacer_reponses_echues",
    "faire_page",
    "faire_page_du_seminaire",
    "garder_carnet",
    "importer_fiches",
    "proposer_carnet",
    "recevoir_reponse",
    "reprendre_chiffres",
    "retirer_carnet",
]
