"""Forums in the organiser's desk."""

from django.urls import include, path
from wagtail import hooks

from .gestion import preparation, urls


@hooks.register("register_admin_urls")
def adresses():
    return [path("consultations/<int:consultation>/", include(urls, namespace="gestion_forums"))]


@hooks.register("lignes_de_preparation")
def lignes(consultation):
    return preparation.lignes(consultation)


@hooks.register("blocs_de_preparation", order=-2)
def blocs(vue):
    return preparation.blocs(vue)
