"""What screens and paper say of visits, each in a constant number of queries."""

from .comptes_rendus import CompteRendu, compte_rendu, constats_de, espaces, grilles_communes
from .places import Gens, Part, gens, peuvent_demander, region, repartition
from .visites import VisiteLue, de_ma_page, dossier, publiques, quand

__all__ = [
    "CompteRendu",
    "Gens",
    "Part",
    "VisiteLue",
    "compte_rendu",
    "constats_de",
    "de_ma_page",
    "dossier",
    "espaces",
    "gens",
    "grilles_communes",
    "peuvent_demander",
    "publiques",
    "quand",
    "region",
    "repartition",
]
