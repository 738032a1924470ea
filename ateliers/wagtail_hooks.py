"""What the live moment adds to the organiser's desk."""

from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import lectures
from .gestion import preparation, recherche, urls
from .inscriptions.lectures import sans_prenom_lisible


@hooks.register("register_admin_urls")
def adresses():
    return [path("consultations/<int:consultation>/", include(urls, namespace="gestion_ateliers"))]


@hooks.register("lignes_de_preparation")
def lignes(consultation):
    return preparation.lignes(consultation)


@hooks.register("blocs_de_preparation", order=-1)
def blocs(vue):
    return preparation.blocs(vue)


@hooks.register("recherche_du_bureau", order=5)
def chercher(compte, mots):
    return recherche.chercher(compte, mots)


class MesAteliers(MenuItem):
    """The way from the desk to the room, for whoever leads one."""

    def is_shown(self, request):
        return lectures.ateliers_de(request.user).exists()


@hooks.register("register_admin_menu_item")
def mes_ateliers():
    return MesAteliers(_("Mes ateliers"), "/animer/", icon_name="desktop", order=140)


@hooks.register("avant_les_codes")
def prenoms_a_ecrire(consultation):
    """Said before printing, with the way to mend it: whose badge has no first name to show."""
    return [
        format_html(
            '{} <a href="{}">{}</a>',
            _("Ce prénom ne montre rien : le badge porte « Prénom à écrire ». Corrigez-le :"),
            reverse("gestion_ateliers:inscription", args=[consultation.pk, personne.pk]),
            f"{personne.nom or personne.code_lisible} ({personne.college})",
        )
        for personne in sans_prenom_lisible(consultation)
    ]
