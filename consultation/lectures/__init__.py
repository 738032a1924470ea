"""Every reading that is more than one line."""

from .devenir import Devenir, Vote, devenir
from .espaces import TEXTES_COMPARES, suggestions
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
from .syntheses import Couverture, Provenance, couverture, provenance, resultats_par_piste

__all__ = [
    "TEXTES_COMPARES",
    "Couverture",
    "Devenir",
    "PartCollege",
    "Provenance",
    "ResultatCollege",
    "ResultatPiste",
    "Resultats",
    "Vote",
    "couverture",
    "devenir",
    "dossier",
    "participant_par_code",
    "pistes_du_scrutin",
    "provenance",
    "resultats",
    "resultats_par_piste",
    "suggestions",
    "tous_resultats",
]
