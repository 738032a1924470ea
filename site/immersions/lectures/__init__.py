"""What is read of immersions, in a constant number of queries."""

from .bord import annees_arretees, besoins, bord, trimestres_a_arreter
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
from .reunion import etapes_de, ordres_du_jour, points

__all__ = [
    "ETATS",
    "annees_arretees",
    "attentes",
    "besoins",
    "bord",
    "dispositif_de",
    "entreprises",
    "etapes_de",
    "immersion_de",
    "immersions_de",
    "ordres_du_jour",
    "ouverte_par_code",
    "parcours",
    "points",
    "recherche",
    "trimestres_a_arreter",
]
