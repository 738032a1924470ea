"""Run every measure of this folder: `python -m tests.charge [--sortie build/bench.json]`."""

import argparse
import importlib
import json
import pkgutil
from pathlib import Path


def principal():
    arguments = argparse.ArgumentParser(prog="python -m tests.charge", description=__doc__)
    arguments.add_argument("--sortie", type=Path, help="also write the measures there, as JSON")
    sortie = arguments.parse_args().sortie
    mesures = []
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        mesurer = None
        if not module.name.startswith("_"):
            mesurer = getattr(importlib.import_module(f"tests.charge.{module.name}"), "mesurer", None)
        if mesurer is not None:
            lues = mesurer()
            montrer(module.name, lues)
            mesures += lues
    if sortie:
        sortie.parent.mkdir(parents=True, exist_ok=True)
        sortie.write_text(json.dumps(mesures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def montrer(titre, mesures):
    """Print a table: name, value with its unit, and how it compares to its baseline."""
    largeur = max(len(mesure["name"]) for mesure in mesures)
    print(f"\n{titre}")
    for mesure in mesures:
        rapport = f"× {mesure['ratio']:g}" if mesure["ratio"] is not None else ""
        print(f"  {mesure['name']:<{largeur}}  {mesure['value']:>10g} {mesure['unit']:<4} {rapport}")


if __name__ == "__main__":
    principal()
