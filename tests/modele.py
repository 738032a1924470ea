"""Migrated databases, made once and copied: the migrations alone take half a minute, on SQLite as on PostgreSQL.

They are kept under `var/tests`, named after what made them, and made anew as soon as a migration, a model, what is
set up after migrating, or a library changes. Workers that start together wait for the first one to make them.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from tests import serveurs
from tests.serveurs import programme

RACINE = Path(__file__).resolve().parents[1]
DOSSIER = RACINE / "var" / "tests"
APPS = ["consultation", "ateliers", "contenus", "site/*"]
SOURCES = ["migrations/*.py", "models.py", "models/*.py", "apps.py", "roles.py", "gardes.py"]
PAQUETS = ["django", "wagtail", "django-allauth", "django-taggit", "modelsearch"]

#: manage.py migrate, without looking for cycles among all the models it holds at each step, and Wagtail's pages
#: first, while there are few models to make anew at each of their migrations: half of its time.
_MIGRER = """import gc, runpy, sys
gc.disable()
for app in (["wagtailcore"], []):
    sys.argv = ["manage.py", "migrate", "-v0", *app]
    runpy.run_path("manage.py", run_name="__main__")"""


def empreinte():
    fournies = [*((p, version(p)) for p in PAQUETS), *settings.INSTALLED_APPS]
    condense = hashlib.sha256(repr(fournies).encode())
    for app in APPS:
        for motif in SOURCES:
            for chemin in sorted(RACINE.glob(f"{app}/{motif}")):
                condense.update(chemin.name.encode() + chemin.read_bytes())
    return condense.hexdigest()[:16]


def base_migree():
    """Return the path of the migrated SQLite database; make it first if need be (about 30 s)."""
    return _garder("modele", "sqlite3", lambda neuf: _migrer(f"sqlite:///{neuf}"))


def preparer():
    """Make those that are not kept: PostgreSQL's too, where it is installed."""
    base_migree()
    if serveurs.postgres_installe() and not _chemin("postgres", "sql").exists():
        with tempfile.TemporaryDirectory() as dossier, serveurs.lancer_postgres(dossier) as url:
            serveurs.dire_a_postgres(url, "SELECT 1")
            remplir_postgres(url)


def remplir_postgres(url):
    """Fill the empty PostgreSQL database at `url` with what the migrations make, from the script kept of it."""

    fait_ici = []

    def ecrire(neuf):
        _migrer(url)
        subprocess.run([programme("pg_dump"), "--no-owner", "-f", str(neuf), url], check=True)
        fait_ici.append(neuf)

    script = _garder("postgres", "sql", ecrire)
    if not fait_ici:
        psql = [programme("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-f", str(script), url]
        subprocess.run(psql, check=True, stdout=subprocess.DEVNULL)


def _garder(nom, suffixe, faire):
    """Return the path of what is kept under `nom`; call `faire(path to write)` if it is not there."""
    DOSSIER.mkdir(parents=True, exist_ok=True)
    chemin = _chemin(nom, suffixe)
    with (DOSSIER / f"verrou-{nom}").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not chemin.exists():
            for vieux in DOSSIER.glob(f"{nom}-*"):
                vieux.unlink()
            neuf = chemin.with_suffix(".neuf")
            faire(neuf)
            neuf.rename(chemin)
    return chemin


def _chemin(nom, suffixe):
    return DOSSIER / f"{nom}-{empreinte()}.{suffixe}"


def _migrer(url):
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.reglages"}
    env["PYTHONPATH"] = os.pathsep.join([str(RACINE), str(RACINE / "site")])
    subprocess.run([sys.executable, "-c", _MIGRER], cwd=RACINE, env=env, check=True)
