"""Accounts in the organiser's desk."""

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
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
