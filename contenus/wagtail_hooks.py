"""What the publishing side adds to the Wagtail admin: whose pages are whose, new figures, a new number."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import DeleteView, EditView
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from . import regles
from .impression import murs
from .lectures.retours import retours
from .models import FilInfoPage, SynthesePage
from .politique import PolitiqueDesPages, PolitiqueDesRedirections
from .views import carnets, gestion, import_fiches, preparation, tirages

register_permission_policy(Page, PolitiqueDesPages())
register_permission_policy(Redirect, PolitiqueDesRedirections(Redirect))


@hooks.register("register_admin_urls")
def adresses():
    return [
        path("syntheses/<int:page_id>/reprendre/", gestion.reprendre, name="contenus_reprendre"),
        path(
            "seminaires/<int:consultation>/page/",
            gestion.FairePageDuSeminaire.as_view(),
            name="contenus_page_du_seminaire",
        ),
        path("seminaires/<int:consultation>/carnet/", carnets.ComposerCarnet.as_view(), name="contenus_carnet"),
        path(
            "seminaires/<int:consultation>/carnet/apercu/",
            carnets.ApercuCarnet.as_view(),
            name="contenus_apercu_carnet",
        ),
        path(
            "seminaires/<int:consultation>/carnet/proposer/",
            carnets.ProposerCarnet.as_view(),
            name="contenus_proposer_carnet",
        ),
        path(
            "seminaires/<int:consultation>/carnet/retirer/",
            carnets.RetirerCarnet.as_view(),
            name="contenus_retirer_carnet",
        ),
        path("seminaires/<int:consultation>/tirages/", tirages.Tirages.as_view(), name="contenus_tirages"),
        path(
            "seminaires/<int:consultation>/tirages/<int:tirage>/carnets.pdf",
            tirages.FichierDuTirage.as_view(),
            name="contenus_tirage_fichier",
        ),
        path(
            "seminaires/<int:consultation>/tirages/<int:tirage>/arreter/",
            tirages.ArreterTirage.as_view(),
            name="contenus_tirage_arreter",
        ),
        path(
            "seminaires/<int:consultation>/tirages/<int:tirage>/reprendre/",
            tirages.ReprendreTirage.as_view(),
            name="contenus_tirage_reprendre",
        ),
        path("fil-info/composer/", gestion.composer, name="contenus_composer"),
        path("fiches/importer/", import_fiches.importer, name="contenus_importer_fiches"),
        path("fiches/importer/apercu/", import_fiches.apercu, name="contenus_apercu_fiches"),
        path("fiches/importer/exemple.xlsx", import_fiches.exemple, name="contenus_exemple_fiches"),
    ]


def _a_soi(vue):
    """Wagtail's screens of one old address ask what someone may do with them all: ask of this one."""

    @wraps(vue)
    def gardee(request, redirect_id):
        if not regles.redirections_de(request.user).filter(pk=redirect_id).exists():
            raise PermissionDenied
        return vue(request, redirect_id=redirect_id)

    return gardee


@hooks.register("register_admin_urls", order=-1)
def redirections_gardees():
    return [
        path("redirects/<int:redirect_id>/", _a_soi(EditView.as_view())),
        path("redirects/<int:redirect_id>/delete/", _a_soi(DeleteView.as_view())),
    ]


class ComposerItem(MenuItem):
    def is_shown(self, request):
        return regles.peut_composer(request.user)


@hooks.register("register_admin_menu_item")
def menu_composer():
    return ComposerItem(
        gettext_lazy("Composer un Fil d’Info"), reverse("contenus_composer"), icon_name="mail", order=250
    )


class ImporterItem(MenuItem):
    def is_shown(self, request):
        return regles.peut_importer_fiches(request.user)


@hooks.register("register_admin_menu_item")
def menu_importer():
    return ImporterItem(
        gettext_lazy("Importer des fiches"), reverse("contenus_importer_fiches"), icon_name="upload", order=260
    )


@hooks.register("recherche_du_bureau", order=20)
def chercher(compte, mots):
    return gestion.chercher(compte, mots)


@hooks.register("lignes_de_preparation")
def lignes(consultation):
    return preparation.lignes(consultation)


@hooks.register("before_move_page")
def garder_le_chemin(request, page, destination):
    """Wagtail asks whether a page may go there only once it is sent: ask before showing the confirmation."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choisir_parmi_ce_qu_on_voit(pages, request):
    """Choosers show what is published, and one's own drafts: never the draft of someone else's consultation."""
    return pages.filter(Q(live=True) | Q(pk__in=regles.pages_visibles(request.user).values("pk")))


@hooks.register("construct_reports_menu")
def sans_les_types_de_pages(request, menu_items):
    """This report names the page last edited of each type, whosever it is: it is the administrators'."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name != "page-types-usage"]


@hooks.register("before_copy_page")
def ne_pas_copier(request, page):
    """A synthesis has one page, a number is printed once."""
    if page.specific_class in (SynthesePage, FilInfoPage):
        messages.error(request, _("Cette page ne se copie pas."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("after_publish_page")
def dire_ce_qui_ne_suit_pas(request, page):
    gestion.dire_les_syntheses_en_retard(request, [page])


@hooks.register("after_bulk_action")
def dire_ceux_qui_ne_suivent_pas(request, action_type, objects, action_class_instance):
    if action_type == "publish":
        gestion.dire_les_syntheses_en_retard(request, objects)


@hooks.register("retours_des_syntheses")
def retours_des_pages(syntheses):
    """Said at the rapporteur's desk, which knows nothing of pages."""
    return retours(syntheses)


@hooks.register("avant_les_codes")
def badges_illisibles(consultation):
    """Said before printing: whose badge would show a square where a name should be read."""
    illisibles = murs.badges_illisibles(consultation)
    return [
        _("Le badge %(code)s (%(nom)s) porte des signes que nos polices n’ont pas. Écrivez ce nom à la main.")
        % {"code": code, "nom": nom}
        for code, nom in illisibles
    ]
