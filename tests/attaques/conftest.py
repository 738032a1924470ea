"""One world for a whole module of attacks: building it takes longer than attacking it."""

import pytest
from django.db import transaction

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


@pytest.fixture(autouse=True)
def _sans_memoire_des_gabarits(monkeypatch):
    """Nothing here reads `reponse.context`, and keeping a copy of it for each template costs a tenth of a page."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_tout, **_nommes: None)
