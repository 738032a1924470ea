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
def sans_le_guide_de_wagtail(request, menu_items):
    """Wagtail's own guide is on another site, in English, and tells of screens that are not ours."""
    menu_items[:] = [item for item in menu_items if item.name != "editor-guide"]
