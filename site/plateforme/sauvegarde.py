"""The whole site in one file, and back: its base and the files people left.

The file is a zip: `sommaire.json` (what it is, of when, of which base), the base as its own tools write it
(`base.sqlite3` or `base.dump`), and `media/`. A zip carries a checksum for each file, read again before use.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

BASES = {"sqlite": "base.sqlite3", "postgresql": "base.dump"}
SOMMAIRE = "sommaire.json"


class Echec(Exception):
    """A French sentence: what could not be done, and what to do."""


def sauvegarder(chemin):
    """Write the site to the file `chemin` while it runs, and read it again. Return what its summary says.

    The base is a single moment's, whatever is written meanwhile. Raises Echec; nothing is then left at `chemin`.
    """
    chemin = Path(chemin)
    if chemin.exists():
        raise Echec(f"{chemin} existe déjà : choisissez un autre nom.")
    chemin.parent.mkdir(parents=True, exist_ok=True)
    neuf = chemin.with_name(chemin.name + ".neuf")
    try:
        with tempfile.TemporaryDirectory(dir=chemin.parent) as dossier:
            copie = Path(dossier) / BASES[connection.vendor]
            _COPIER[connection.vendor](copie)
            _emballer(neuf, copie)
        os.chmod(neuf, 0o600)
        sommaire = verifier(neuf)
        neuf.rename(chemin)
    finally:
        neuf.unlink(missing_ok=True)
    return sommaire


def _emballer(neuf, copie):
    racine = Path(settings.MEDIA_ROOT)
    fichiers = sorted(f for f in racine.rglob("*") if f.is_file()) if racine.exists() else []
    sommaire = {
        "germoir": version("germoir"),
        "moteur": connection.vendor,
        "le": timezone.now().isoformat(timespec="seconds"),
        "fichiers": len(fichiers),
    }
    with zipfile.ZipFile(neuf, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as sac:
        sac.writestr(SOMMAIRE, json.dumps(sommaire, ensure_ascii=False))
        sac.write(copie, copie.name)
        for fichier in fichiers:
            sac.write(fichier, f"media/{fichier.relative_to(racine).as_posix()}", zipfile.ZIP_STORED)


def verifier(chemin):
    """Read every byte of a backup, and ask its base whether it is sound. Return its summary. Raises Echec."""
    try:
        with zipfile.ZipFile(chemin) as sac, tempfile.TemporaryDirectory(dir=Path(chemin).parent) as dossier:
            sommaire = json.loads(sac.read(SOMMAIRE))
            if abime := sac.testzip():
                raise Echec(f"{chemin} est abîmé : {abime}. Prenez une autre sauvegarde.")
            base = Path(sac.extract(BASES[sommaire["moteur"]], dossier))
            _EPROUVER[sommaire["moteur"]](base)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, sqlite3.DatabaseError) as erreur:
        raise Echec(f"{chemin} n’est pas une sauvegarde entière de Germoir ({erreur}).") from erreur
    return sommaire


def restaurer(chemin, remplacer=False):
    """Put a backup back in place of the present base. Return its summary. Raises Echec, nothing changed.

    `remplacer`: a base that holds something is replaced. Files left since then stay, those saved come back.
    """
    sommaire = verifier(chemin)
    if sommaire["moteur"] != connection.vendor:
        raise Echec(f"Cette sauvegarde vient de {sommaire['moteur']}, et DATABASE_URL mène à {connection.vendor}.")
    if connection.introspection.table_names() and not remplacer:
        raise Echec("La base n’est pas vide. Pour la remplacer par la sauvegarde : --remplacer.")
    with zipfile.ZipFile(chemin) as sac, tempfile.TemporaryDirectory(dir=Path(chemin).parent) as dossier:
        connections.close_all()
        _REMETTRE[connection.vendor](Path(sac.extract(BASES[connection.vendor], dossier)))
        _remettre_les_fichiers(sac, dossier)
    return sommaire


def _remettre_les_fichiers(sac, dossier):
    for nom in (nom for nom in sac.namelist() if nom.startswith("media/")):
        vers = Path(settings.MEDIA_ROOT) / nom.removeprefix("media/")
        vers.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(sac.extract(nom, dossier), vers)


# SQLite


def _copier_sqlite(vers):
    """SQLite's online backup: a whole and single moment, with what is still in the `-wal`."""
    connection.ensure_connection()
    with closing(sqlite3.connect(vers)) as copie:
        connection.connection.backup(copie)


def _eprouver_sqlite(base):
    with closing(sqlite3.connect(base)) as lue:
        dit = lue.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if dit != "ok":
        raise Echec(f"La base n’est pas saine : {dit}")


def _remettre_sqlite(base):
    """The online backup the other way: readers see all of the old base, then all of the new one."""
    vers = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(base)) as copie, closing(sqlite3.connect(vers, timeout=20)) as place:
        copie.backup(place)
        place.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# PostgreSQL, by its own programs


def _copier_postgresql(vers):
    _lancer("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={vers}")


def _eprouver_postgresql(base):
    """Write it all out as SQL, without a server: every block is read and unpacked."""
    _executer(["pg_restore", f"--file={os.devnull}", str(base)])


def _remettre_postgresql(base):
    """Everything in one transaction: the tables of now go, those of the backup come, or nothing moves."""
    script = base.with_suffix(".sql")
    _executer(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(base)])
    vider = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    options = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _lancer("psql", *options, f"--command={vider}", f"--file={script}", f"--output={os.devnull}")


def _lancer(programme, *options):
    """Run one of PostgreSQL's programs on the site's base; the password goes by the environment."""
    _psql, *ou = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])[0]
    secrets = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])[1]
    _executer([programme, *options, *ou], secrets)


def _executer(commande, secrets=None):
    try:
        subprocess.run(commande, env={**os.environ, **(secrets or {})}, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise Echec(f"{commande[0]} manque : sudo apt-get install postgresql-client.") from None
    except subprocess.CalledProcessError as erreur:
        raise Echec(f"{commande[0]} : {erreur.stderr.strip()}") from erreur


_COPIER = {"sqlite": _copier_sqlite, "postgresql": _copier_postgresql}
_EPROUVER = {"sqlite": _eprouver_sqlite, "postgresql": _eprouver_postgresql}
_REMETTRE = {"sqlite": _remettre_sqlite, "postgresql": _remettre_postgresql}
