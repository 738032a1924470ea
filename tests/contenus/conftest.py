"""The pages every site starts with, made once for a file: it takes longer than most tests of what they show."""

import pytest
from django.db import transaction

from contenus.amorce import Arborescence, poser_arborescence
from contenus.models import AccueilPage, FichesIndexPage, FilInfoIndexPage, SynthesesIndexPage
from tests.boite import boite  # noqa: F401


@pytest.fixture(scope="module")
def _arborescence(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield poser_arborescence()
        transaction.set_rollback(True)


@pytest.fixture
def arborescence(_arborescence, db):
    """The home page and its shelves, as they are in the base. What a test does to them is undone after it."""
    pages = (AccueilPage, SynthesesIndexPage, FilInfoIndexPage, FichesIndexPage)
    return Arborescence(*(page.objects.get() for page in pages))
