"""Accounts in the organiser's desk."""

from django.urls import include, path
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
