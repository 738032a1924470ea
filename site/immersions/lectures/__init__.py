"""What is read of immersions, in a constant number of queries."""

from .bord import annees_arretees, besoins, bord, trimestres_a_arreter
from .dossiers import (
    ETATS,
    attentes,
    conventions,
    dispositif_de,
    entreprises,
    immersion_de,
    immersions_de,
    ouverte_par_code,
    recherche,
)
from .moi import de_ma_page, dossier
from .parcours import parcours
from .reunion import etapes_de, ordres_du_jour, points

__all__ = [
    "ETATS",
    "annees_arretees",
    "attentes",
    "besoins",
    "bord",
    "conventions",
    "de_ma_page",
    "dispositif_de",
    "dossier",
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
