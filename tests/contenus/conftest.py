"""The pages every site starts with, made once for a process: it takes longer than most tests of what they show."""

import contextlib
import sqlite3

import pytest
from django.db import connection

from contenus.amorce import Arborescence, poser_arborescence
from contenus.models import AccueilPage, FichesIndexPage, FilInfoIndexPage, SynthesesIndexPage
from tests.boite import boite  # noqa: F401


@pytest.fixture(scope="session")
def base_avec_pages(django_db_setup, django_db_blocker, base_modele):
    """A copy in memory of the migrated base, with those pages in it."""
    with django_db_blocker.unblock():
        poser_arborescence()
        copie = sqlite3.connect(":memory:")
        connection.connection.backup(copie)
        _remettre(base_modele)
    return copie


def _remettre(base_modele):
    with contextlib.closing(sqlite3.connect(base_modele)) as source:
        source.backup(connection.connection)


@pytest.fixture(scope="module")
def _arborescence(base_avec_pages, django_db_blocker, base_modele):
    with django_db_blocker.unblock():
        base_avec_pages.backup(connection.connection)
        yield
        _remettre(base_modele)


@pytest.fixture
def arborescence(_arborescence, db):
    """The home page and its shelves, as they are in the base. What a test does to them is undone after it."""
    pages = (AccueilPage, SynthesesIndexPage, FilInfoIndexPage, FichesIndexPage)
    return Arborescence(*(page.objects.get() for page in pages))
