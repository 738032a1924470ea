"""What is read of immersions, in a constant number of queries."""

from .bord import annees_arretees, bord, trimestres_a_arreter
from .dossiers import (
    ETATS,
    attentes,
    dispositif_de,
    entreprises,
    immersion_de,
    immersions_de,
    ouverte_par_code,
    recherche,
)
from .parcours import parcours

__all__ = [
    "ETATS",
    "annees_arretees",
    "attentes",
    "bord",
    "dispositif_de",
    "entreprises",
    "immersion_de",
    "immersions_de",
    "ouverte_par_code",
    "parcours",
    "recherche",
    "trimestres_a_arreter",
]
