"""What a grille asks and how an answer is read: structure and rules, no query, no page."""

from .lecture import lire_case, lire_valeurs
from .modeles import modeles
from .mots import NATURES, condition_ecrite, dire_reponse, en_clair, reponses_en_mots, resume, titre_de_case
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
    "condition_ecrite",
    "defauts",
    "dire_reponse",
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
    "titre_de_case",
]
