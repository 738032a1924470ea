"""The questionnaires that Germoir brings, to be copied and changed: one JSON file each, in `modeles/`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .structure import Structure, lire

DOSSIER = Path(__file__).parent / "modeles"
#: In the order of a list.
CLES = ("seminaire", "parcours", "immersion", "competences", "satisfaction", "visite")


@dataclass(frozen=True)
class Modele:
    """`pour`: who answers, in a few words."""

    cle: str
    titre: str
    pour: str
    chapeau: str
    structure: Structure


@cache
def modeles():
    """Return {key: Modele}, in order."""
    return {cle: _modele(cle) for cle in CLES}


def _modele(cle):
    lu = json.loads((DOSSIER / f"{cle}.json").read_text(encoding="utf-8"))
    return Modele(cle, lu["titre"], lu["pour"], lu["chapeau"], lire(lu))
