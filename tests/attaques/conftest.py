"""One world for a whole module of attacks: building it takes longer than attacking it."""

import pytest
from django.db import transaction
from wagtail.admin.menu import Menu

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


@pytest.fixture(autouse=True)
def _menu_lu_une_fois(monkeypatch):
    """Wagtail asks twice for the items of each menu of a page, whose rights cost as much as the page: ask once."""
    lire = Menu.menu_items_for_request

    def une_fois(menu, request):
        lus = request.__dict__.setdefault("_menus_lus", {})
        if menu not in lus:
            lus[menu] = lire(menu, request)
        return lus[menu]

    monkeypatch.setattr(Menu, "menu_items_for_request", une_fois)
