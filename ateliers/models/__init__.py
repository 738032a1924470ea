"""The room: its moment, who will come to it, what is made ready beforehand."""

from .deroulement import PRESENCE, Atelier, Etape, Place, PriseDeParole, Salle, SurLeMur, Temps
from .inscriptions import Adresse, Attente, Demande, InscriptionPublique, MotDeListe
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
