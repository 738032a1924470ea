"""A number handed over to 5,000 people, its worker killed twenty times on the way: who received it, how often."""

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests import modele, serveurs

#: Ten minutes on a busy machine: the disk must answer three times for each letter.
LONGUE = True
GENS, DOMAINES, MORTS = 5_000, 200, 20
#: Seconds of a worker's life before it is killed: between these.
VIE = (0.3, 1.5)
COMMANDE = "python -m tests.charge --seulement courrier"


def mesurer():
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        sortie = subprocess.run(
            [sys.executable, "-m", "tests.charge.courrier"],
            cwd=serveurs.RACINE,
            env=serveurs._environnement(f"sqlite:///{base}", "", "tests.reglages"),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    lus = json.loads(sortie.stdout.splitlines()[-1])
    return [
        {"name": nom, "value": valeur, "unit": unite, "baseline": None, "ratio": None, "command": COMMANDE}
        for nom, valeur, unite in lus
    ]


def preparer():
    """Return (the mail server, the sending under way)."""
    from django.conf import settings

    from contenus.amorce import poser_arborescence
    from tests.courrier.fabriques_courrier import creer_abonnes, creer_numero, poser_boite
    from tests.courrier.test_envoi import parti

    poser_arborescence()
    creer_abonnes(GENS, DOMAINES)
    return poser_boite(settings), parti(creer_numero())


def travailler():
    """One tour of the worker, in a process of its own; return its number."""
    from django.db import connection

    from courrier.depart import avancer

    connection.close()
    fils = os.fork()
    if fils == 0:
        with contextlib.suppress(BaseException):
            avancer()
        os._exit(0)
    return fils


def jouer(envoi):
    """Kill the worker so many times, then let it end; return how many deaths found it at work."""
    from courrier.models import Envoi
    from tests.courrier.test_envoi import plus_tard

    tirage, tues = random.Random(20), 0
    for _rang in range(MORTS):
        fils = travailler()
        time.sleep(tirage.uniform(*VIE))
        os.kill(fils, signal.SIGKILL)
        tues += os.waitpid(fils, 0)[1] == signal.SIGKILL
        plus_tard(minutes=6)
    while Envoi.objects.get().etat != "fini":
        os.waitpid(travailler(), 0)
        plus_tard(minutes=6)
    return tues


def compter(boite, envoi, tues, secondes):
    """[(name, value, unit)] of what happened, the proof held against the server's own log."""
    recus = Counter(boite.adresses)
    etats = Counter(envoi.destinataires.values_list("etat", flat=True))
    dites = {
        etat: set(envoi.destinataires.filter(etat=etat).values_list("courriel", flat=True))
        for etat in ("remise", "sans")
    }
    processeur = resource.getrusage(resource.RUSAGE_CHILDREN)
    return [
        ("letters", sum(etats.values()), ""),
        ("worker killed at work", tues, ""),
        ("sent twice", sum(n - 1 for n in recus.values()), ""),
        ("neither handed over nor named in doubt", GENS - len(dites["remise"] | dites["sans"]), ""),
        ("said handed over, not in the server's log", len(dites["remise"] - set(recus)), ""),
        ("in the server's log, said neither", len(set(recus) - dites["remise"] - dites["sans"]), ""),
        ("in doubt, named", len(dites["sans"]), ""),
        ("of which the server had taken", len(dites["sans"] & set(recus)), ""),
        ("from the first to the last letter", round(secondes, 1), "s"),
        ("worker, processor a letter", round(1000 * (processeur.ru_utime + processeur.ru_stime) / GENS, 2), "ms"),
    ]


def principal():
    import django

    django.setup()
    boite, envoi = preparer()
    debut = time.monotonic()
    tues = jouer(envoi)
    print(json.dumps(compter(boite, envoi, tues, time.monotonic() - debut)))
    boite.fermer()


if __name__ == "__main__":
    principal()
