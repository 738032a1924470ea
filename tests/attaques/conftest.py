"""One world for a whole module of attacks: building it takes longer than attacking it."""

import pytest
from django.db import transaction
from django.template import Template
from django.utils import timezone
from wagtail.admin.menu import Menu
from wagtail.admin.search import Search
from wagtail.admin.telepath import JSContext
from wagtail.admin.templatetags import wagtailadmin_tags

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
def _sans_memoire_des_gabarits():
    """Nothing here reads `reponse.context`, and telling of each template, to keep it, costs a tenth of a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", lambda gabarit, contexte: gabarit.nodelist.render(contexte))
        yield


def _une_fois(lire, cle):
    lus = {}

    def lu(lui, objet):
        if (nom := cle(lui, objet)) not in lus:
            lus[nom] = lire(lui, objet)
        return lus[nom]

    return lu


@pytest.fixture(scope="module", autouse=True)
def _menus_lus_une_fois():
    """Decide and write Wagtail's menus once for each account: they depend on its rights, not on what it sends.

    On each page they cost a third of it. The first page of each account in a module still asks for them.
    """

    class Barre(JSContext):
        """What packs the side bar for the browser; the last of its modules is its menu, which says whose it is."""

        pack = _une_fois(JSContext.pack, lambda _barre, modules: modules[-1].user.pk)

    def du_compte(menu, requete):
        return menu, requete.user.pk

    with pytest.MonkeyPatch.context() as patch:
        for quoi in ("menu_items_for_request", "render_component"):
            patch.setattr(Menu, quoi, _une_fois(getattr(Menu, quoi), du_compte))
        cherches = _une_fois(Search.search_items_for_request, du_compte)
        patch.setattr(Search, "search_items_for_request", cherches)
        patch.setattr(wagtailadmin_tags, "JSContext", Barre)
        yield
