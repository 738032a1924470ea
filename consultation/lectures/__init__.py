"""Every reading that is more than one line."""

from .demarche import EtapeLue, demarche
from .devenir import Devenir, Vote, devenir
from .espaces import TEXTES_COMPARES, Laissees, axes_a_choisir, idees_laissees, suggestions
from .grilles import LectureQuestion, Parole, copies_par_college, lire_grille, textes_de
from .listes import Place, dans_l_ordre, liste, pistes_a_voter
from .personnes import dossier, participant_par_code
from .resultats import Resultats, pistes_du_scrutin, pistes_lues, regle_du_scrutin, resultats, tous_resultats
from .syntheses import Couverture, Provenance, couverture, provenance, resultats_par_piste
from .tableaux import CollegeLu, PisteLue, Tableau, dresser

__all__ = [
    "TEXTES_COMPARES",
    "CollegeLu",
    "Couverture",
    "Devenir",
    "EtapeLue",
    "Laissees",
    "LectureQuestion",
    "Parole",
    "PisteLue",
    "Place",
    "Provenance",
    "Resultats",
    "Tableau",
    "Vote",
    "axes_a_choisir",
    "copies_par_college",
    "couverture",
    "dans_l_ordre",
    "demarche",
    "devenir",
    "dossier",
    "dresser",
    "idees_laissees",
    "lire_grille",
    "liste",
    "participant_par_code",
    "pistes_a_voter",
    "pistes_du_scrutin",
    "pistes_lues",
    "provenance",
    "regle_du_scrutin",
    "resultats",
    "resultats_par_piste",
    "suggestions",
    "textes_de",
    "tous_resultats",
]
