"""Every reading that is more than one line."""

from .espaces import EtatEspace, etat_espace, suggestions
from .personnes import participant_par_code
from .resultats import PartCollege, ResultatCollege, ResultatPiste, Resultats, pistes_du_scrutin, resultats

__all__ = [
    "EtatEspace",
    "PartCollege",
    "ResultatCollege",
    "ResultatPiste",
    "Resultats",
    "etat_espace",
    "participant_par_code",
    "pistes_du_scrutin",
    "resultats",
    "suggestions",
]
