"""Write the communes of France from the npm package of the Code officiel géographique, with its version."""

import gzip
import json
import tarfile

from django.core.management.base import BaseCommand, CommandError

from consultation.cog import DONNEES, PAQUET


class Command(BaseCommand):
    help = f"Refait la liste des communes, d’après le paquet {PAQUET} (npm pack {PAQUET})."

    def add_arguments(self, parser):
        parser.add_argument("paquet", help="le fichier .tgz du paquet")
        parser.add_argument("--vers", default=str(DONNEES), help="le fichier à écrire")

    def handle(self, *args, paquet, vers, **options):
        try:
            lus = _lire(paquet)
        except (OSError, tarfile.TarError, KeyError, ValueError) as erreur:
            raise CommandError(f"{paquet} n’est pas le paquet {PAQUET} : {erreur}") from erreur
        texte = json.dumps(condenser(**lus), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        with open(vers, "wb") as fichier:
            fichier.write(gzip.compress(texte.encode(), mtime=0))  # the same package gives the same file
        self.stdout.write(f"{vers} : version {lus['paquet']['version']}.")


def _lire(chemin):
    noms = {"paquet": "package.json", "communes": "data/communes.json", "epci": "data/epci.json"}
    with tarfile.open(chemin) as sac:
        return {nom: json.load(sac.extractfile(f"package/{fichier}")) for nom, fichier in noms.items()}


def condenser(paquet, communes, epci):
    """Keep what `consultation.cog` says, of the package's three files."""
    actuelles = {c["code"]: c["nom"] for c in communes if c["type"] == "commune-actuelle"}
    anciennes = {
        code: ["", c["code"]]
        for c in communes
        if c["type"] == "commune-actuelle"
        for code in c.get("anciensCodes", ())
    }
    reunies = (c for c in communes if c["type"] in ("commune-deleguee", "commune-associee"))
    anciennes |= {c["code"]: [c["nom"], c["chefLieu"]] for c in reunies if c["chefLieu"] in actuelles}
    groupes = {e["code"]: [e["nom"], [m["code"] for m in e["membres"] if m["code"] in actuelles]] for e in epci}
    return {
        "version": paquet["version"],
        "communes": actuelles,
        "anciennes": anciennes,
        "intercommunalites": groupes,
    }
