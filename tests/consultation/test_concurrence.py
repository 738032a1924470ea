"""Two facilitators, ten voters, at the same instant, on the real databases."""

import json
import shutil

import pytest

from tests import serveurs

TENU = {
    "numeros": list(range(1, 13)),
    "jumeaux": True,
    "bulletins": True,
    "incoherences": [],
    "urne": [20, 10, 10],  # refused, signed, counted
    "traces": [["un casier turquoise au vestiaire", "Zébulonnette"], []],  # before, after
    "egalites": 1,
    "journal_reecrit": False,
    "journal_efface": False,
}


def jouer(base_url, dossier):
    env = serveurs._environnement(base_url, "", "tests.reglages")
    return json.loads(serveurs.jouer("tests.consultation.concurrence", env=env, dossier=dossier).splitlines()[-1])


@pytest.mark.services
def test_many_at_once_on_postgresql_leave_everything_in_agreement(postgres_url, tmp_path):
    assert jouer(postgres_url, tmp_path) == TENU


@pytest.mark.services
def test_many_at_once_on_sqlite_leave_everything_in_agreement(base_modele, tmp_path):
    base = shutil.copy(base_modele, tmp_path / "base.sqlite3")
    assert jouer(f"sqlite:///{base}", tmp_path) == TENU
