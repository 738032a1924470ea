"""A migrated SQLite database, made once and copied: the migrations alone take half a minute.

It is kept under `var/tests`, named after what made it, and made anew as soon as a migration, a model, what is set
up after migrating, or a library changes. Workers that start together wait for the first one to make it.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
DOSSIER = RACINE / "var" / "tests"
APPS = ["consultation", "ateliers", "contenus", "site/comptes", "site/plateforme"]
SOURCES = ["migrations/*.py", "models.py", "models/*.py", "apps.py", "roles.py"]
PAQUETS = ["django", "wagtail", "django-allauth", "django-taggit", "modelsearch"]


def empreinte():
    condense = hashlib.sha256(repr([(p, version(p)) for p in PAQUETS]).encode())
    for app in APPS:
        for motif in SOURCES:
            for chemin in sorted((RACINE / app).glob(motif)):
                condense.update(chemin.name.encode() + chemin.read_bytes())
    return condense.hexdigest()[:16]


def base_migree():
    """Return the path of the migrated database; make it first if need be (about 30 s)."""
    DOSSIER.mkdir(parents=True, exist_ok=True)
    chemin = DOSSIER / f"modele-{empreinte()}.sqlite3"
    with (DOSSIER / "verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not chemin.exists():
            for vieux in DOSSIER.glob("modele-*"):
                vieux.unlink()
            _migrer(chemin)
    return chemin


def _migrer(chemin):
    neuf = chemin.with_suffix(".neuf")
    for reste in (neuf, neuf.with_name(neuf.name + "-wal"), neuf.with_name(neuf.name + "-shm")):
        reste.unlink(missing_ok=True)
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{neuf}", "DJANGO_SETTINGS_MODULE": "tests.reglages"}
    env["PYTHONPATH"] = os.pathsep.join([str(RACINE), str(RACINE / "site")])
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=RACINE, env=env, check=True)
    neuf.rename(chemin)
