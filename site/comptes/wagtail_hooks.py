"""Accounts in the organiser's desk."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks

from . import gestion

urlpatterns = [
    path("equipe/inviter/", gestion.PageInvitation.as_view(), name="inviter"),
    path("equipe/<int:pk>/renvoyer/", gestion.Renvoyer.as_view(), name="renvoyer"),
]


@hooks.register("register_admin_urls")
def adresses():
    return [
        path(
            "consultations/<int:consultation>/",
            include((urlpatterns, "gestion_comptes"), namespace="gestion_comptes"),
        )
    ]


@hooks.register("register_account_menu_item")
def mon_adresse(request):
    aide = _("Une nouvelle adresse remplace l’ancienne quand vous avez suivi le lien reçu.")
    return {"url": reverse("account_email"), "label": _("Mon adresse de courriel"), "help_text": aide}


@hooks.register("register_account_menu_item")
def mon_mot_de_passe(request):
    aide = _("Le mot de passe se change une fois l’ancien donné.")
    return {"url": reverse("account_change_password"), "label": _("Mon mot de passe"), "help_text": aide}


@hooks.register("register_account_menu_item")
def mon_second_facteur(request):
    aide = _("Une seconde preuve pour se connecter : une application, une clé ou un code de secours.")
    return {"url": reverse("mfa_index"), "label": _("Connexion en deux étapes"), "help_text": aide}


@hooks.register("get_avatar_url")
def portrait(compte, size):
    """The portrait someone gave, or a plain one: never a request to Gravatar, which would learn who works here."""
    profil = getattr(compte, "wagtail_userprofile", None)
    if profil and profil.avatar:
        return profil.avatar.url
    return static("wagtailadmin/images/default-user-avatar.png")


@hooks.register("insert_global_admin_css", order=-1)
def couleurs():
    return format_html('<link rel="stylesheet" href="{}">', static("css/gestion.css"))
