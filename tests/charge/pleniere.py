"""A plenary of a thousand, played by `manage.py repeter` from the first person in to the results on every screen.

The rehearsal is the load generator, in a process of its own, and takes part of the two cores: it says how much. On
SQLite with one process, each figure is compared with the aim; on PostgreSQL and Redis with two processes, with
SQLite's of the same run.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tests import modele, serveurs

PARTICIPANTS, DUREE, MINUTES = 1000, 60, 10
TOUR_DE_CHAUFFE = 40  # phones
COMMANDE = "python -m tests.charge --seulement pleniere"
REGLAGES = "plateforme.settings"
#: kB of memory per connected participant, at most.
MEMOIRE_MAX = 60


def mesurer(participants=PARTICIPANTS):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. About eight minutes."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier, comme_en_vrai(dossier):
        un = _jouer(f"sqlite:///{copie(dossier)}", "", 1, dossier, participants)
        deux = _sur_postgres(dossier, participants)
    lignes = [_ligne("SQLite, 1 process", nom, *mesure) for nom, mesure in un.items()]
    for nom, (valeur, unite, _limite) in (deux or {}).items():
        lignes.append(_ligne("PostgreSQL + Redis, 2 processes", nom, valeur, unite, un[nom][0]))
    return lignes


def _ligne(montage, nom, valeur, unite, base):
    rapport = round(valeur / base, 2) if base and valeur is not None else None
    ligne = {"name": f"{montage}: {nom}", "value": valeur, "unit": unite, "baseline": base, "ratio": rapport}
    return ligne | {"command": COMMANDE}


@contextlib.contextmanager
def comme_en_vrai(dossier):
    """Production's settings and files named by their content, for the processes started meanwhile."""
    avant = dict(os.environ)
    os.environ |= {"GERMOIR_SECRET_KEY": "charge" * 10, "GERMOIR_VAR": dossier}
    try:
        _gerer("sqlite:///:memory:", "", "collectstatic", "--noinput", "-v0")
        yield
    finally:
        os.environ.clear()
        os.environ.update(avant)


def _gerer(url, redis_url, *arguments):
    commande = [sys.executable, "manage.py", *arguments]
    environnement = serveurs._environnement(url, redis_url, REGLAGES)
    subprocess.run(commande, cwd=serveurs.RACINE, env=environnement, check=True)


def copie(dossier):
    chemin = Path(dossier) / "germoir.sqlite3"
    chemin.write_bytes(Path(modele.base_migree()).read_bytes())
    return chemin


def _sur_postgres(dossier, participants):
    """The same on PostgreSQL and Redis with two processes, or None where they are not installed."""
    if not all(map(serveurs.programme, ("initdb", "postgres", "psql", "pg_dump", "redis-server"))):
        print("  PostgreSQL or Redis is not installed: two processes were not measured.")
        return None
    with (
        tempfile.TemporaryDirectory() as donnees,
        serveurs.lancer_postgres(donnees, sur_disque=True) as url,
        serveurs.lancer_redis(dossier) as redis_url,
    ):
        serveurs.dire_a_postgres(url, "CREATE DATABASE pleniere")
        base = serveurs.autre_base(url, "pleniere")
        modele.remplir_postgres(base)
        return _jouer(base, redis_url, 2, dossier, participants)


def _jouer(url, redis_url, processus, dossier, participants):
    """Return {what: (value, unit, aim)}."""
    options = ("--log-level", "warning", "--workers", str(processus))
    sortie = Path(dossier) / "repetition.json"
    with serveurs.lancer(url, dossier, redis_url=redis_url, reglages=REGLAGES, options=options) as serveur:
        # What a process keeps for good (templates, connections, files) is not the price of one participant more.
        _repeter(url, redis_url, serveur, TOUR_DE_CHAUFFE, 5, sortie)
        with _Memoire(serveur.pid) as memoire:
            _repeter(url, redis_url, serveur, participants, DUREE, sortie)
    lues = {m["name"]: (m["value"], m["unit"], m["limite"]) for m in json.loads(sortie.read_text())}
    lues["memory per participant"] = (round(memoire.prise / participants, 1), "kB", MEMOIRE_MAX)
    return lues


def _repeter(url, redis_url, serveur, participants, duree, sortie):
    nombres = ["--participants", participants, "--duree", duree, "--limite", MINUTES]
    _gerer(url, redis_url, "repeter", *map(str, nombres), "--vers", serveur.url, "--json", str(sortie))


class _Memoire:
    """Watches the memory of a server's processes. `prise`: kB at the highest, above what they held at first."""

    def __init__(self, pid):
        self._pid, self._fini = pid, threading.Event()
        self._depart = self._haut = self._lire()
        self._fil = threading.Thread(target=self._veiller, daemon=True)

    def __enter__(self):
        self._fil.start()
        return self

    def __exit__(self, *_exc):
        self._fini.set()
        self._fil.join()

    @property
    def prise(self):
        return self._haut - self._depart

    def _veiller(self):
        while not self._fini.wait(0.5):
            self._haut = max(self._haut, self._lire())

    def _lire(self):
        """kB of the process and of its children."""
        enfants = Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text().split()
        return sum(memoire(pid) for pid in (self._pid, *enfants))


def memoire(pid):
    """Resident memory of a process, in kB; 0 once it is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024
