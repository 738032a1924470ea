"""Every reading that is more than one line."""

from .comparaisons import aujourd_hui_et_demain, avant_et_apres, grilles_comparables
from .couverture import Couverture, couverture, orphelines
from .demarche import EtapeLue, demarche
from .devenir import Devenir, Vote, devenir
from .espaces import TEXTES_COMPARES, Laissees, axes_a_choisir, idees_laissees, suggestions
from .fiches import PAROLES, Fiche, fiches, resultats_par_piste
from .forum import (
    Communes,
    PhaseLue,
    avec_discussion,
    calendrier,
    chercher_propositions,
    colleges_du_forum,
    communes,
    discussion,
    forums_publics,
    natures_ouvertes,
    pistes_tues,
    pistes_votees_au_forum,
    propositions_de_forums,
    propositions_publiques,
    resultats_du_forum,
    voies,
)
from .grilles import LectureQuestion, Parole, copies_en_mots, copies_par_college, lire_grille, textes_de
from .listes import Place, dans_l_ordre, liste, pistes_a_voter
from .moderation import Attente, file_de_relecture, registre_de_moderation, texte_nomme
from .objections import ObjectionLue, objections
from .personnes import dossier, participant_par_code
from .resultats import Resultats, pistes_du_scrutin, pistes_lues, regle_du_scrutin, resultats, tous_resultats
from .syntheses import APPUIS, Provenance, provenance
from .tableaux import CollegeLu, PisteLue, Tableau, dresser

__all__ = [
    "APPUIS",
    "PAROLES",
    "TEXTES_COMPARES",
    "Attente",
    "CollegeLu",
    "Communes",
    "Couverture",
    "Devenir",
    "EtapeLue",
    "Fiche",
    "Laissees",
    "LectureQuestion",
    "ObjectionLue",
    "Parole",
    "PhaseLue",
    "PisteLue",
    "Place",
    "Provenance",
    "Resultats",
    "Tableau",
    "Vote",
    "aujourd_hui_et_demain",
    "avant_et_apres",
    "avec_discussion",
    "axes_a_choisir",
    "calendrier",
    "chercher_propositions",
    "colleges_du_forum",
    "communes",
    "copies_en_mots",
    "copies_par_college",
    "couverture",
    "dans_l_ordre",
    "demarche",
    "devenir",
    "discussion",
    "dossier",
    "dresser",
    "fiches",
    "file_de_relecture",
    "forums_publics",
    "grilles_comparables",
    "idees_laissees",
    "lire_grille",
    "liste",
    "natures_ouvertes",
    "objections",
    "orphelines",
    "participant_par_code",
    "pistes_a_voter",
    "pistes_du_scrutin",
    "pistes_lues",
    "pistes_tues",
    "pistes_votees_au_forum",
    "propositions_de_forums",
    "propositions_publiques",
    "provenance",
    "registre_de_moderation",
    "regle_du_scrutin",
    "resultats",
    "resultats_du_forum",
    "resultats_par_piste",
    "suggestions",
    "texte_nomme",
    "textes_de",
    "tous_resultats",
    "voies",
]
