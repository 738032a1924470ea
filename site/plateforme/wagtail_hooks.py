"""The guide in the administration's menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import aide


@hooks.register("register_admin_urls")
def adresses():
    return [path("aide/", aide.liste, name="aide"), path("aide/<slug:guide>/", aide.page, name="guide")]


@hooks.register("register_admin_menu_item")
def menu_du_guide():
    return MenuItem(_("Guide"), reverse("aide"), icon_name="help", order=10_500)


@hooks.register("construct_help_menu")
def sans_les_pages_de_wagtail(request, menu_items):
    """Wagtail's own guide and news are on another site, in English, and tell of screens that are not ours.

    Its news also call with a dot, that beats for half a minute on every screen of the desk.
    """
    menu_items[:] = [item for item in menu_items if not item.url.startswith("https:")]
