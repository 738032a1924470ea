"""Every reading that is more than one line."""

from .devenir import Devenir, Vote, devenir
from .espaces import TEXTES_COMPARES, EtatEspace, etat_espace, suggestions
from .personnes import dossier, participant_par_code
from .resultats import (
    PartCollege,
    ResultatCollege,
    ResultatPiste,
    Resultats,
    pistes_du_scrutin,
    resultats,
    tous_resultats,
)
from .syntheses import Couverture, Provenance, couverture, propositions_de, provenance, resultats_par_piste

__all__ = [
    "TEXTES_COMPARES",
    "Couverture",
    "Devenir",
    "EtatEspace",
    "PartCollege",
    "Provenance",
    "ResultatCollege",
    "ResultatPiste",
    "Resultats",
    "Vote",
    "couverture",
    "devenir",
    "dossier",
    "etat_espace",
    "participant_par_code",
    "pistes_du_scrutin",
    "propositions_de",
    "provenance",
    "resultats",
    "resultats_par_piste",
    "suggestions",
    "tous_resultats",
]
