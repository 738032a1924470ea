"""A scheme of immersions in enterprises, and each immersion from its request to what followed.

Whoever leaves for an enterprise is a Participant of the scheme's consultation: their personal code is their
signature. The employing structure and the enterprise have none: a code of the day opens one immersion to them.
"""

from .convention import Avenant, CodeDuJour, Partie, Signature
from .dispositif import Dispositif, Entreprise, Secteur, Trimestre
from .etapes import Demarche, Obstacle, Point, Relance
from .immersion import Competence, Immersion
from .reunion import Besoin, OrdreDuJour

__all__ = [
    "Avenant",
    "Besoin",
    "CodeDuJour",
    "Competence",
    "Demarche",
    "Dispositif",
    "Entreprise",
    "Immersion",
    "Obstacle",
    "OrdreDuJour",
    "Partie",
    "Point",
    "Relance",
    "Secteur",
    "Signature",
    "Trimestre",
]
