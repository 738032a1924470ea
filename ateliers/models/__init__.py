"""The room: its moment, who will come to it, what is made ready beforehand."""

from .deroulement import Atelier, Etape, Salle, Temps
from .inscriptions import Adresse, Attente, Demande, InscriptionPublique, MotDeListe
from .places import PRESENCE, Place, PriseDeParole, SurLeMur
from .preparation import DerouleGarde, Repetition

__all__ = [
    "PRESENCE",
    "Adresse",
    "Atelier",
    "Attente",
    "Demande",
    "DerouleGarde",
    "Etape",
    "InscriptionPublique",
    "MotDeListe",
    "Place",
    "PriseDeParole",
    "Repetition",
    "Salle",
    "SurLeMur",
    "Temps",
]
