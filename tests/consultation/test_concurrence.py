"""Two facilitators, ten voters, at the same instant, on the real databases."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
TENU = {
    "numeros": list(range(1, 13)),
    "jumeaux": True,
    "bulletins": True,
    "incoherences": [],
    "journal_reecrit": False,
    "journal_efface": False,
}


def jouer(base_url):
    chemin = os.pathsep.join([str(RACINE), str(RACINE / "site")])
    fini = subprocess.run(
        [sys.executable, "-m", "tests.consultation.concurrence"],
        cwd=RACINE,
        env={
            **os.environ,
            "DATABASE_URL": base_url,
            "PYTHONPATH": chemin,
            "DJANGO_SETTINGS_MODULE": "tests.reglages",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert fini.returncode == 0, fini.stderr
    return json.loads(fini.stdout.splitlines()[-1])


@pytest.mark.services
def test_many_at_once_on_postgresql_leave_everything_in_agreement(postgres_url):
    assert jouer(postgres_url) == TENU


@pytest.mark.services
def test_many_at_once_on_sqlite_leave_everything_in_agreement(base_modele, tmp_path):
    base = shutil.copy(base_modele, tmp_path / "base.sqlite3")
    assert jouer(f"sqlite:///{base}") == TENU
