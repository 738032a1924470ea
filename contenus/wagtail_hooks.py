"""What the publishing side adds to the Wagtail admin: who may touch which synthesis, new figures, a new number."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from . import regles
from .impression import murs
from .models import FilInfoPage, SynthesePage
from .views import gestion


@hooks.register("register_admin_urls")
def adresses():
    return [
        path("syntheses/<int:page_id>/reprendre/", gestion.reprendre, name="contenus_reprendre"),
        path("fil-info/composer/", gestion.composer, name="contenus_composer"),
    ]


class ComposerItem(MenuItem):
    def is_shown(self, request):
        return regles.peut_composer(request.user)


@hooks.register("register_admin_menu_item")
def menu_composer():
    return ComposerItem(
        gettext_lazy("Composer un Fil d’Info"), reverse("contenus_composer"), icon_name="mail", order=250
    )


@hooks.register("before_edit_page")
def garder_le_brouillon(request, page):
    """The draft of a consultation opens only to those who report on it or edit it."""
    if not regles.peut_ecrire(request.user, page):
        raise PermissionDenied


@hooks.register("before_publish_page")
def garder_la_publication(request, page):
    """Wagtail says who may publish here, the mandate whose synthesis it is. What was typed stays in the draft."""
    if not regles.peut_publier(request.user, page):
        messages.error(
            request, _("Le brouillon est gardé. Seul un éditeur de cette consultation peut publier la page.")
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_unpublish_page")
@hooks.register("before_delete_page")
@hooks.register("before_move_page")
def garder_la_page(request, page, *autres):
    """Taking a synthesis away is as much as publishing it: the editors of its consultation, and nobody else."""
    if not regles.peut_publier(request.user, page):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def garder_en_lot(request, action_type, objects, action_class_instance):
    """The same for several pages at once."""
    for objet in objects:
        if isinstance(objet, Page) and not regles.peut_publier(request.user, objet):
            raise PermissionDenied


@hooks.register("before_copy_page")
def ne_pas_copier(request, page):
    """A synthesis has one page, a number is printed once."""
    if page.specific_class in (SynthesePage, FilInfoPage):
        messages.error(request, _("Cette page ne se copie pas."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("avant_les_codes")
def badges_illisibles(consultation):
    """Said before printing: whose badge would show a square where a name should be read."""
    illisibles = murs.badges_illisibles(consultation)
    return [
        _("Le badge %(code)s (%(nom)s) porte des signes que nos polices n’ont pas. Écrivez ce nom à la main.")
        % {"code": code, "nom": nom}
        for code, nom in illisibles
    ]
