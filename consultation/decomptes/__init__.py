"""The rules of counting: which piste stands, what votes make, and what of it may be shown."""

from . import equite, rangs
from .comptes import accord, attendus, compter, en_pourcents, gommettes, personnes, valeur_de_famille
from .familles import Familles

__all__ = [
    "Familles",
    "accord",
    "attendus",
    "compter",
    "en_pourcents",
    "equite",
    "gommettes",
    "personnes",
    "rangs",
    "valeur_de_famille",
]
