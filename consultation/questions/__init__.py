"""What a grille asks and how an answer is read: structure and rules, no query, no page."""

from .lecture import lire_case, lire_valeurs
from .parcours import comptees, manquantes, posee, posees
from .structure import Choix, Condition, Nature, Question, Section, Structure, defauts, lire

__all__ = [
    "Choix",
    "Condition",
    "Nature",
    "Question",
    "Section",
    "Structure",
    "comptees",
    "defauts",
    "lire",
    "lire_case",
    "lire_valeurs",
    "manquantes",
    "posee",
    "posees",
]
