"""Run the measures of this folder: `python -m tests.charge [--sortie build/bench.json] [--longues]`."""

import argparse
import importlib
import json
import os
import pkgutil
from pathlib import Path

#: The migrated base that most measures start from is known by what the product is made of.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
SORTIE = Path("build/bench.json")


def principal():
    arguments = argparse.ArgumentParser(prog="python -m tests.charge", description=__doc__)
    arguments.add_argument("--sortie", type=Path, default=SORTIE, help=f"where to write, as JSON: {SORTIE}")
    arguments.add_argument("--seulement", nargs="*", default=[], metavar="MODULE", help="measure only these")
    arguments.add_argument("--longues", action="store_true", help="also what takes ten minutes and more")
    lus = arguments.parse_args()
    sortie, mesures = lus.sortie, []
    for nom in lus.seulement or _modules(lus.longues):
        print(f"\n{nom}: under way…", flush=True)
        lues = importlib.import_module(f"tests.charge.{nom}").mesurer()
        montrer(nom, lues)
        mesures += lues
        sortie.parent.mkdir(parents=True, exist_ok=True)
        sortie.write_text(json.dumps(mesures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\n{sortie}")


def _modules(longues):
    """The names of what is measured; a module that says LONGUE is left out unless asked for."""
    noms = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = {nom: importlib.import_module(f"tests.charge.{nom}") for nom in noms if not nom.startswith("_")}
    return [nom for nom, module in modules.items() if longues or not getattr(module, "LONGUE", False)]


def montrer(titre, mesures):
    """Print a table: name, value with its unit, and how it compares to its baseline."""
    largeur = max(len(mesure["name"]) for mesure in mesures)
    print(f"\n{titre}")
    for mesure in mesures:
        rapport = f"× {mesure['ratio']:g}" if mesure["ratio"] is not None else ""
        valeur = "–" if mesure["value"] is None else f"{mesure['value']:g}"
        print(f"  {mesure['name']:<{largeur}}  {valeur:>10} {mesure['unit']:<4} {rapport}")


if __name__ == "__main__":
    principal()
