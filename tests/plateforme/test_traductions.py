"""Every French sentence of the product has its English, and the compiled catalogue is that of the sources."""

import contextlib
import re
import shutil
import subprocess

import pytest

from tests.serveurs import RACINE, programme

CATALOGUE = RACINE / "site/locale/en/LC_MESSAGES"
pytestmark = pytest.mark.skipif(
    not programme("xgettext"), reason="gettext is not installed: sudo apt-get install gettext"
)


@pytest.fixture(scope="module")
def releve(tmp_path_factory):
    """The catalogue as the sources would make it now.

    Found in a copy of them: makemessages writes beside the templates files that tests of the code would read.
    """
    from plateforme.management.commands.messages import relever

    dossier, sources = tmp_path_factory.mktemp("locale"), tmp_path_factory.mktemp("sources")
    shutil.copytree(CATALOGUE, dossier / "en/LC_MESSAGES")
    sans = shutil.ignore_patterns("__pycache__", "static", "LC_MESSAGES")
    for nom in ("consultation", "ateliers", "contenus", "site"):
        shutil.copytree(RACINE / nom, sources / nom, ignore=sans)
    with contextlib.chdir(sources):
        relever(dossier)
    return dossier / "en/LC_MESSAGES/django.po"


def phrases(catalogue, *choix):
    """Return the msgids of a catalogue that match the choices of msgattrib."""
    sortie = subprocess.run(
        ["msgattrib", "--no-wrap", *choix, str(catalogue)], check=True, capture_output=True, text=True
    ).stdout
    return sorted(set(re.findall(r'^msgid "(.+)"$', sortie, re.M)))


def test_every_sentence_is_translated(releve):
    assert len(phrases(releve, "--translated", "--no-obsolete")) > 1000  # or nothing would be looked at
    assert phrases(releve, "--untranslated", "--no-obsolete") == []


def test_no_translation_is_left_to_check(releve):
    assert phrases(releve, "--only-fuzzy", "--no-obsolete") == []


def test_the_compiled_catalogue_is_the_one_of_the_sources(tmp_path):
    refait = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "-o", str(refait), str(CATALOGUE / "django.po")], check=True)
    assert phrases_compilees(refait) == phrases_compilees(CATALOGUE / "django.mo")


def phrases_compilees(chemin):
    return subprocess.run(["msgunfmt", str(chemin)], check=True, capture_output=True, text=True).stdout


def test_placeholders_survive_translation():
    commande = ["msgfmt", "--check-format", "-o", "/dev/null", str(CATALOGUE / "django.po")]
    fait = subprocess.run(commande, capture_output=True, text=True)
    assert (fait.returncode, fait.stderr) == (0, "")
