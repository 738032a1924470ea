"""A print run of personal booklets: processor for each, and memory for 1,000 as for 150."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import modele, serveurs

TAILLES = (150, 1_000)
COMMANDE = "python -m tests.charge --seulement carnets"


def mesurer():
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}; a process for each size."""
    petit, grand = (_tirer_a_part(n) for n in TAILLES)
    n = TAILLES[1]
    return [
        _mesure(f"one of {n} booklets of {grand['pages']} pages, processor", "par_carnet", "ms", petit, grand),
        _mesure(f"putting {n} in one file, processor", "relier", "ms", petit, grand),
        _mesure(f"run of {n}, memory at most", "memoire", "Mo", petit, grand),
    ]


def _mesure(nom, quoi, unite, petit, grand):
    return {
        "name": nom,
        "value": round(grand[quoi], 1),
        "unit": unite,
        "baseline": round(petit[quoi], 1),
        "ratio": round(grand[quoi] / petit[quoi], 2),
        "command": COMMANDE,
    }


def _tirer_a_part(n):
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        sortie = subprocess.run(
            [sys.executable, "-m", "tests.charge.carnets", str(n), dossier],
            cwd=serveurs.RACINE,
            env=serveurs._environnement(f"sqlite:///{base}", "", "tests.reglages"),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return json.loads(sortie.stdout.splitlines()[-1])


def _tirer(n, dossier):
    """Fill this process's base with a seminar of `n` people, make the run, and print what it took."""
    import pikepdf
    from django.conf import settings

    from contenus import actions, tournee
    from tests.contenus.fabriques_carnet import personne, programme, seminaire

    settings.VAR = Path(dossier)
    consultation = seminaire()
    atelier = programme(consultation)
    for rang in range(n):
        personne(consultation, f"Personne {rang}", ateliers=[atelier])
    tirage = actions.lancer_tirage(consultation=consultation, qui="tous", format="a5", edition="avant", par=None)
    avant = _processeur()
    fin = float("inf")
    assert tournee._avancer_un(tirage, fin)
    faits, faire = _processeur(), _memoire()
    tournee._relier(tirage)
    with pikepdf.open(tirage.fichier) as pdf:
        pages = len(pdf.pages)
    dit = {"par_carnet": 1000 * (faits - avant) / n, "relier": 1000 * (_processeur() - faits), "pages": pages // n}
    dit |= {"memoire": _memoire(), "memoire_avant_de_relier": faire}
    print(json.dumps(dit))


def _memoire():
    """The most this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _processeur():
    lu = resource.getrusage(resource.RUSAGE_SELF)
    return lu.ru_utime + lu.ru_stime


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
    import django

    django.setup()
    _tirer(int(sys.argv[1]), sys.argv[2])
