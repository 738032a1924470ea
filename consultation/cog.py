"""The communes of France and what groups them, after the Code officiel géographique; merged ones are followed.

Read from `donnees/cog.json.gz`, which `manage.py generer_cog` writes from an npm package (`PAQUET`):

    {"version": of the package, "communes": {code: name}, "anciennes": {code: [name, code of today's commune]},
     "intercommunalites": {code: [name, [codes of communes]]}}
"""

import gzip
import json
from functools import cache
from pathlib import Path

from .textes import plier

DONNEES = Path(__file__).with_name("donnees") / "cog.json.gz"
PAQUET = "@etalab/decoupage-administratif"


@cache
def lire():
    """Return the whole of it. 0.1 s and 10 MB, once a process that asks."""
    return json.loads(gzip.decompress(DONNEES.read_bytes()))


def version():
    return lire()["version"]


def intercommunalites():
    """Return [(code, name, how many communes)], by name."""
    toutes = [(code, nom, len(membres)) for code, (nom, membres) in lire()["intercommunalites"].items()]
    return sorted(toutes, key=lambda t: plier(t[1]))


def devinee(nom):
    """Return the code of the only intercommunalité whose name holds this word or these, or ""."""
    voulu = plier(nom)
    trouvees = [code for code, autre, _n in intercommunalites() if voulu and voulu in plier(autre)]
    return trouvees[0] if len(trouvees) == 1 else ""


def communes_de(intercommunalite):
    """Return {code: name} of its communes of today, {} when there is none of that code."""
    _nom, membres = lire()["intercommunalites"].get(intercommunalite, ("", ()))
    return {code: lire()["communes"][code] for code in membres}


def anciennes_de(codes):
    """Return {code, or folded name, of a merged commune: code of today's} for those now part of `codes`."""
    suivies = {}
    for code, (nom, actuelle) in lire()["anciennes"].items():
        if actuelle in codes and code != actuelle:
            suivies[code] = actuelle
            if nom:
                suivies[plier(nom)] = actuelle
    return suivies
