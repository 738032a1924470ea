"""Every reading that is more than one line."""

from .comparaisons import aujourd_hui_et_demain, avant_et_apres, grilles_comparables
from .couverture import Couverture, Equite, couverture, equite_de, orphelines
from .demarche import EtapeLue, demarche
from .desaccords import desaccords
from .devenir import Devenir, Vote, devenir, devenir_de_piste
from .emargement import compte_des_bulletins, emargement
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
    opinions_du_forum,
    pistes_tues,
    pistes_votees_au_forum,
    propositions_de_forums,
    propositions_publiques,
    reponse_publique,
    resultats_du_forum,
    taire_les_petites,
    voies,
)
from .grilles import LectureQuestion, Parole, copies_en_mots, copies_par_college, lire_grille, textes_de
from .listes import Place, dans_l_ordre, liste, pistes_a_voter
from .moderation import Attente, est_lisible, file_de_relecture, registre_de_moderation, texte_nomme
from .mouvements import mouvements
from .objections import ObjectionLue, objections
from .personnes import dossier, participant_par_code
from .resultats import Resultats, pistes_du_scrutin, pistes_lues, regle_du_scrutin, resultats, tous_resultats
from .suites import DELAI, SANS_REPONSE, Bilan, PisteSuivie, bilan, famille_de, histoire_des_suites, racines_de
from .syntheses import APPUIS, Provenance, provenance
from .tableaux import CollegeLu, PisteLue, Tableau, dresser
from .versions import comparer, versions

__all__ = [
    "APPUIS",
    "DELAI",
    "PAROLES",
    "SANS_REPONSE",
    "TEXTES_COMPARES",
    "Attente",
    "Bilan",
    "CollegeLu",
    "Communes",
    "Couverture",
    "Devenir",
    "Equite",
    "EtapeLue",
    "Fiche",
    "Laissees",
    "LectureQuestion",
    "ObjectionLue",
    "Parole",
    "PhaseLue",
    "PisteLue",
    "PisteSuivie",
    "Place",
    "Provenance",
    "Resultats",
    "Tableau",
    "Vote",
    "aujourd_hui_et_demain",
    "avant_et_apres",
    "avec_discussion",
    "axes_a_choisir",
    "bilan",
    "calendrier",
    "chercher_propositions",
    "colleges_du_forum",
    "communes",
    "comparer",
    "compte_des_bulletins",
    "copies_en_mots",
    "copies_par_college",
    "couverture",
    "dans_l_ordre",
    "demarche",
    "desaccords",
    "devenir",
    "devenir_de_piste",
    "discussion",
    "dossier",
    "dresser",
    "emargement",
    "equite_de",
    "est_lisible",
    "famille_de",
    "fiches",
    "file_de_relecture",
    "forums_publics",
    "grilles_comparables",
    "histoire_des_suites",
    "idees_laissees",
    "lire_grille",
    "liste",
    "mouvements",
    "natures_ouvertes",
    "objections",
    "opinions_du_forum",
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
    "racines_de",
    "registre_de_moderation",
    "regle_du_scrutin",
    "reponse_publique",
    "resultats",
    "resultats_du_forum",
    "resultats_par_piste",
    "suggestions",
    "taire_les_petites",
    "texte_nomme",
    "textes_de",
    "tous_resultats",
    "versions",
    "voies",
]
