"""Every write of the live moment, one verb each: keyword-only, checked, in one transaction, in the journal."""

from .adresses import effacer_adresses_echues, garder_adresse, oublier_adresse
from .attente import demander_place, donner_les_places, renoncer
from .conduite import clore_etape, ouvrir_etape, prolonger, reprendre, suspendre
from .copies import copier_atelier, copier_temps, dupliquer_consultation, ranger_temps
from .deroules import garder_deroule, oublier_deroule
from .mur import cacher_mur, placer_au_mur
from .objections import objecter
from .parole import entrer, liberer_place, proposer, rejoindre, reserver_place, saisir_carte
from .portes import faire_sortir, reprendre_entrees, suspendre_entrees
from .preparation import appliquer_deroule, changer_code, creer_atelier, modifier_atelier
from .programme import ajouter_etape, deplacer_etape, modifier_etape, retirer_etape
from .programme_entier import regler_ateliers
from .reouverture import rouvrir_atelier
from .repetition import effacer_repetition, preparer_repetition
from .second_tour import ajouter_second_tour
from .sondages import poser_question, repondre_a_la_question
from .tours import noter_parole, oublier_parole, passer_son_tour, tirer_la_parole
from .votes import Depot, voter, voter_ensemble

__all__ = [
    "Depot",
    "ajouter_etape",
    "ajouter_second_tour",
    "appliquer_deroule",
    "cacher_mur",
    "changer_code",
    "clore_etape",
    "copier_atelier",
    "copier_temps",
    "creer_atelier",
    "demander_place",
    "deplacer_etape",
    "donner_les_places",
    "dupliquer_consultation",
    "effacer_adresses_echues",
    "effacer_repetition",
    "entrer",
    "faire_sortir",
    "garder_adresse",
    "garder_deroule",
    "liberer_place",
    "modifier_atelier",
    "modifier_etape",
    "noter_parole",
    "objecter",
    "oublier_adresse",
    "oublier_deroule",
    "oublier_parole",
    "ouvrir_etape",
    "passer_son_tour",
    "placer_au_mur",
    "poser_question",
    "preparer_repetition",
    "prolonger",
    "proposer",
    "ranger_temps",
    "regler_ateliers",
    "rejoindre",
    "renoncer",
    "repondre_a_la_question",
    "reprendre",
    "reprendre_entrees",
    "reserver_place",
    "retirer_etape",
    "rouvrir_atelier",
    "saisir_carte",
    "suspendre",
    "suspendre_entrees",
    "tirer_la_parole",
    "voter",
    "voter_ensemble",
]
