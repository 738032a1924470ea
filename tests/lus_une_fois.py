"""What a page of the desk says of who asks, and not of what they ask: read once for each session.

They are half of what a refusal costs. The first request of each session, in a module, asks for them as any does.
"""

import copy
from contextlib import contextmanager

import pytest
from django.contrib import auth
from django.template import Template
from wagtail.admin.menu import Menu
from wagtail.admin.search import Search
from wagtail.admin.telepath import JSContext
from wagtail.admin.templatetags import wagtailadmin_tags


def _une_fois(lire, cle):
    lus = {}

    def lu(*ou):
        if (nom := cle(*ou)) not in lus:
            lus[nom] = lire(*ou)
        return lus[nom]

    return lu


def _qui(compte):
    """A number is given again after the test that took it, but not at the same moment."""
    return compte.pk, compte.last_login


def _compte(requete, lire=auth.get_user):
    """Return the account of a request, with the rights that it has from its groups, and its preferences."""
    compte = lire(requete)
    compte.get_all_permissions()
    hasattr(compte, "wagtail_userprofile")
    return compte


@contextmanager
def lus_une_fois():
    """Accounts and their rights, their menus as Wagtail writes them. What pages are made of is told to nobody.

    (Nothing there reads `reponse.context`, and telling of each template, to keep it, costs a tenth of a page.)
    """

    def du_menu(menu, requete):
        return menu, *_qui(requete.user)

    class Barre(JSContext):
        """What packs the side bar for the browser; the last of its modules is its menu, which says whose it is."""

        pack = _une_fois(JSContext.pack, lambda _barre, modules: _qui(modules[-1].user))

    compte = _une_fois(_compte, lambda requete: requete.session.session_key)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", lambda gabarit, contexte: gabarit.nodelist.render(contexte))
        patch.setattr(auth, "get_user", lambda requete: copy.copy(compte(requete)))
        for quoi in ("menu_items_for_request", "render_component"):
            patch.setattr(Menu, quoi, _une_fois(getattr(Menu, quoi), du_menu))
        patch.setattr(Search, "search_items_for_request", _une_fois(Search.search_items_for_request, du_menu))
        patch.setattr(wagtailadmin_tags, "JSContext", Barre)
        yield
