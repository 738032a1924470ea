"""Backup, restore, upgrade: the commands themselves, on a base that holds a workshop, on SQLite and PostgreSQL."""

import io
import os
import shutil
import sqlite3
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import environ
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import override_settings

from consultation.models import Decompte, Proposition
from tests import fabriques as f
from tests import serveurs
from tests.ateliers.conftest import brancher


@dataclass
class Site:
    url: str
    var: Path

    def gerer(self, *commande):
        """Run a command of manage.py on this site; return (exit code, what it said)."""
        dit = io.StringIO()
        with self.brancher(), override_settings(VAR=self.var, MEDIA_ROOT=self.var / "media"):
            try:
                call_command(*commande, stdout=dit)
            except CommandError as refus:
                return 1, f"{dit.getvalue()}{refus}"
        return 0, dit.getvalue()

    def mettre_a_niveau(self, *options, migrations):
        """Run it as another release of the product would, whose migrations are elsewhere: from outside."""
        env = {
            **os.environ,
            "DATABASE_URL": self.url,
            "GERMOIR_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "tests.reglages",
            "MIGRATIONS": migrations,
            "PYTHONPATH": os.pathsep.join([str(serveurs.RACINE), str(serveurs.RACINE / "site")]),
        }
        dit = self.var.with_name("dit.txt")
        dit.unlink(missing_ok=True)
        fait = serveurs.demarrer([sys.executable, "-m", "django", "mettre_a_niveau", *options], env, dit)
        return fait.wait(), dit.read_text()

    def brancher(self):
        return brancher(**{"OPTIONS": {}, **environ.Env.db_url_config(self.url)})

    def tout(self):
        """{table: its rows, sorted}: the whole base."""
        with self.brancher(), connection.cursor() as curseur:
            tables = {}
            for table in sorted(connection.introspection.table_names()):
                curseur.execute(f'SELECT * FROM "{table}"')
                tables[table] = sorted(map(repr, curseur.fetchall()))
            return tables


def remplir():
    scrutin = f.creer_scrutin(f.creer_espace())
    f.faire_voter(scrutin, "salaries", 3, {scrutin.pistes.first(): 2})


@pytest.fixture(autouse=True)
def _base_ouverte(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def site(request, base_modele, tmp_path):
    """A site with votes and a photograph."""
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(base_modele, tmp_path / 'germoir.sqlite3')}"
    else:
        url = request.getfixturevalue("postgres_url")
    site = Site(url, tmp_path / "var")
    (site.var / "media").mkdir(parents=True)
    (site.var / "media" / "photo.jpg").write_bytes(b"une photo")
    with site.brancher():
        remplir()
    return site


def test_a_backup_is_put_back_whole_and_never_in_silence(site, tmp_path):
    avant, fichier = site.tout(), tmp_path / "ailleurs" / "essai.zip"
    code, dit = site.gerer("sauvegarder", str(fichier))
    assert (code, "la base et 1 fichiers, relu" in dit, fichier.stat().st_mode & 0o077) == (0, True, 0), dit
    assert site.gerer("sauvegarder", str(fichier))[0] == 1  # another backup is not written over

    with site.brancher():
        Proposition.objects.all().update(texte="autre chose")
    (site.var / "media" / "photo.jpg").unlink()
    (site.var / "media" / "depuis.jpg").write_bytes(b"une autre")
    apres = site.tout()
    code, dit = site.gerer("restaurer", str(fichier))
    assert (code, "La base n’est pas vide" in dit, site.tout() == apres) == (1, True, True), dit

    code, dit = site.gerer("restaurer", str(fichier), "--remplacer")
    assert (code, "Tout concorde : 1 consultation(s)." in dit) == (0, True), dit
    assert site.tout() == avant
    assert {p.name: p.read_bytes() for p in (site.var / "media").iterdir()} == {
        "photo.jpg": b"une photo",
        "depuis.jpg": b"une autre",
    }


def test_a_backup_that_was_damaged_is_refused_and_changes_nothing(site, tmp_path):
    fichier, avant = tmp_path / "essai.zip", site.tout()
    assert site.gerer("sauvegarder", str(fichier))[0] == 0
    octets = bytearray(fichier.read_bytes())
    octets[len(octets) // 2] ^= 0xFF
    fichier.write_bytes(octets)
    code, dit = site.gerer("restaurer", str(fichier), "--remplacer")
    assert (code, "sauvegarde" in dit, site.tout() == avant) == (1, True, True), dit


@pytest.mark.parametrize(
    ("migrations", "pourquoi"),
    [
        ("tests.plateforme.niveau.migrations", "la deuxième migration échoue"),
        ("tests.plateforme.niveau.casse", "écart(s)"),
    ],
)
def test_an_upgrade_that_fails_gives_back_the_base_as_it_was(site, migrations, pourquoi):
    avant = site.tout()
    code, dit = site.mettre_a_niveau("--sans-statiques", migrations=migrations)
    assert (code, pourquoi in dit, "La base est remise comme avant." in dit) == (1, True, True), dit
    assert site.tout() == avant
    with site.brancher():
        assert Decompte.objects.count() > 0


def test_an_upgrade_that_succeeds_leaves_a_backup_and_a_base_that_agrees(site):
    code, dit = site.mettre_a_niveau(migrations="tests.plateforme.niveau.bonne")
    assert (code, dit.splitlines()[1:]) == (
        0,
        ["Tout concorde : 1 consultation(s).", "La base est à niveau. Relancez le site."],
    ), dit
    [fichier] = (site.var / "sauvegardes").iterdir()
    assert zipfile.ZipFile(fichier).testzip() is None
    assert (site.var / "static" / "css" / "tokens.css").exists()
    assert "niveau_nouveau" in site.tout()
    encore = site.mettre_a_niveau("--sans-statiques", migrations="tests.plateforme.niveau.bonne")
    assert encore == (0, "La base était déjà à niveau.\n")
    assert [*(site.var / "sauvegardes").iterdir()] == [fichier]


def test_what_is_written_while_the_copy_is_made_does_not_tear_it(base_modele, tmp_path):
    base = shutil.copy(base_modele, tmp_path / "germoir.sqlite3")
    site = Site(f"sqlite:///{base}", tmp_path / "var")
    with closing(sqlite3.connect(base, isolation_level=None)) as autre:
        autre.execute("PRAGMA journal_mode=WAL")
        autre.execute("CREATE TABLE essai (n INTEGER)")
        autre.execute("INSERT INTO essai VALUES (1)")  # in the -wal only
        autre.execute("BEGIN IMMEDIATE")
        autre.execute("INSERT INTO essai VALUES (2)")  # not committed: not in the backup
        code, dit = site.gerer("sauvegarder", str(tmp_path / "essai.zip"))
        autre.execute("COMMIT")
    assert code == 0, dit
    with zipfile.ZipFile(tmp_path / "essai.zip") as sac:
        copie = sac.extract("base.sqlite3", tmp_path / "sorti")
    with closing(sqlite3.connect(copie)) as lue:
        assert lue.execute("SELECT n FROM essai").fetchall() == [(1,)]


@pytest.mark.services
def test_postgresql_is_asked_whether_it_is_sound(postgres_url, tmp_path):
    site = Site(postgres_url, tmp_path / "var")
    assert site.gerer("verifier") == (0, "Tout concorde : 0 consultation(s).\n")
    casser = (
        "CREATE EXTENSION amcheck; CREATE TABLE essai (n int); INSERT INTO essai VALUES (99);"
        " ALTER TABLE essai ADD CONSTRAINT douteuse"
        " FOREIGN KEY (n) REFERENCES consultation_territoire (id) NOT VALID"
    )
    serveurs.dire_a_postgres(postgres_url, casser)
    code, dit = site.gerer("verifier")
    assert (code, dit.splitlines()[0]) == (1, "base : la règle douteuse de essai n’a jamais été vérifiée")
