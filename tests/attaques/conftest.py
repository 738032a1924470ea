"""One world for a whole module of attacks: building it takes longer than attacking it."""

import pytest
from django.db import transaction
from django.utils import timezone

from tests.lus_une_fois import lus_une_fois

from . import monde as batisseur


@pytest.fixture(scope="module")
def _monde(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield batisseur.batir()
        transaction.set_rollback(True)


@pytest.fixture
def monde(_monde, db):
    """See `monde.Monde`. What a test writes in it is undone after the test."""
    return _monde


@pytest.fixture
def heure_arretee(monkeypatch):
    """Two pages read one after the other say the same hour: no minute passes between them."""
    maintenant = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: maintenant)


@pytest.fixture(scope="module", autouse=True)
def _lus_une_fois():
    with lus_une_fois():
        yield
