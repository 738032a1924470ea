"""The settings as a deployment meets them: in another process, from the environment alone."""

import os
import re
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.serveurs import RACINE

PRODUCTION = {"GERMOIR_SECRET_KEY": "k" * 25 + "0123456789" * 4, "GERMOIR_URL": "https://germoir.exemple.org"}
#: What answers first, how far a commit goes (2 is FULL: the disk has it before the answer), the threads of BLAS.
CE_QUI_TOURNE = """import os
from django.db import connection
from plateforme.asgi import http
print(type(http.application).__name__, connection.cursor().execute("PRAGMA synchronous").fetchone()[0], end=" ")
print(os.environ["OPENBLAS_NUM_THREADS"])"""
#: manage.py, compressing as fast as can be: what is asked here is that files are compressed, not how small.
VITE = """import brotli, functools, runpy
brotli.compress = functools.partial(brotli.compress, quality=1)
runpy.run_path("manage.py", run_name="__main__")"""
_VARIABLES = re.compile(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"')


def gerer(*commande, par=("manage.py",), **environnement):
    garde = {cle: os.environ[cle] for cle in ("PATH", "HOME", "LANG") if cle in os.environ}
    return subprocess.run(
        [sys.executable, *par, *commande],
        cwd=RACINE,
        env={**garde, "GERMOIR_VAR": os.environ["GERMOIR_VAR"], **environnement},
        capture_output=True,
        text=True,
    )


def test_a_deployment_over_https_passes_every_check():
    fait = gerer("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (fait.returncode, fait.stdout) == (0, "System check identified no issues (1 silenced).\n"), fait.stderr


def test_without_a_secret_key_the_product_says_what_to_do_and_stops():
    fait = gerer("check")
    derniere = fait.stderr.strip().splitlines()[-1]
    assert (fait.returncode, derniere.split(": ")[1]) == (1, "GERMOIR_SECRET_KEY is missing")


def test_the_demonstration_is_refused_outside_debug(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="GERMOIR_DEBUG"):
        call_command("demonstration")


def test_static_files_are_compressed_and_named_by_their_content(tmp_path):
    ici = {**PRODUCTION, "GERMOIR_VAR": str(tmp_path)}
    fait = gerer("collectstatic", "--noinput", "--verbosity", "0", par=("-c", VITE), **ici)
    assert (fait.returncode, fait.stderr) == (0, "")
    noms = {chemin.name for chemin in (tmp_path / "static" / "css").glob("tokens.*")}
    signes = {re.sub(r"\.[0-9a-f]{12}\.", ".<hash>.", nom) for nom in noms}
    assert {"tokens.css", "tokens.<hash>.css", "tokens.<hash>.css.br", "tokens.<hash>.css.gz"} <= signes
    polices = list((tmp_path / "static" / "fonts").glob("AtkinsonHyperlegible-*.woff2"))
    assert len(polices) == 4  # two weights, each under its plain and its hashed name
    assert {chemin.stat().st_size < 20_000 for chemin in polices} == {True}


@pytest.mark.parametrize(
    ("reglage", "devant"), [({}, "VoieRapide"), ({"GERMOIR_VOIE_RAPIDE": "0"}, "FichiersGardes")]
)
def test_a_setting_takes_the_fast_lane_away_and_none_the_promise_of_the_disk_nor_one_thread(reglage, devant):
    """The other tests do without the disk: here it is asked of a connection opened with the product's settings."""
    fait = gerer("shell", "-v0", "-c", CE_QUI_TOURNE, **PRODUCTION, DATABASE_URL="sqlite:///:memory:", **reglage)
    assert (fait.stdout, fait.returncode) == (f"{devant} 2 1\n", 0), fait.stderr


def variables():
    source = (RACINE / "site/plateforme/settings.py").read_text()
    return sorted(set(_VARIABLES.findall(source)))


@pytest.mark.parametrize("nom", variables())
def test_every_setting_is_told_in_the_operating_guide(nom):
    assert f"`{nom}`" in (RACINE / "docs/exploitation.md").read_text()


def test_the_operating_guide_tells_no_setting_that_does_not_exist():
    texte = (RACINE / "docs/exploitation.md").read_text()
    assert set(re.findall(r"^\| `([A-Z_]+)`", texte, re.M)) == set(variables())
