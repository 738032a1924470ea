"""What a grille asks and how an answer is read: structure and rules, no query, no page."""

from .lecture import lire_case, lire_valeurs
from .modeles import modeles
from .mots import NATURES, en_clair, reponses_en_mots, resume
from .parcours import comme_si, comptees, manquantes, posee, posees
from .structure import Choix, Condition, Nature, Question, Section, Structure, defauts, lire

__all__ = [
    "NATURES",
    "Choix",
    "Condition",
    "Nature",
    "Question",
    "Section",
    "Structure",
    "comme_si",
    "comptees",
    "defauts",
    "en_clair",
    "lire",
    "lire_case",
    "lire_valeurs",
    "manquantes",
    "modeles",
    "posee",
    "posees",
    "reponses_en_mots",
    "resume",
]
