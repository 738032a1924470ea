"""Visits in the organiser's desk and on one's own page."""

from django.template.loader import render_to_string
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from consultation.gestion.preparation import A_FAIRE, FACULTATIF, FAIT, Ligne
from consultation.models import Consultation

from . import lectures
from .models import Visite
from .views import comptes_rendus, gestion, repartition

une_visite = [
    path("gens/", gestion.PageGens.as_view(), name="visites_gens"),
    path("ouvrir/", gestion.Ouvrir.as_view(), name="visites_ouvrir"),
    path("annuler/", gestion.Annuler.as_view(), name="visites_annuler"),
    path("inscrire/", gestion.Inscrire.as_view(), name="visites_inscrire"),
    path("rendre/", gestion.Rendre.as_view(), name="visites_rendre"),
    path("feuille.pdf", gestion.Feuille.as_view(), name="visites_feuille"),
    path("compte-rendu/", comptes_rendus.PageCompteRendu.as_view(), name="visites_compte_rendu"),
    path("compte-rendu/grille/", comptes_rendus.PreparerGrille.as_view(), name="visites_grille"),
    path("compte-rendu/accord/", comptes_rendus.Accorder.as_view(), name="visites_accord"),
    path("compte-rendu/publier/", comptes_rendus.Publier.as_view(), name="visites_publier"),
    path("compte-rendu/retirer/", comptes_rendus.Depublier.as_view(), name="visites_retirer"),
    path("compte-rendu/constats/", comptes_rendus.Verser.as_view(), name="visites_constats"),
]
urlpatterns = [
    *gestion.RubriqueVisites().urls(),
    path("visites/repartir/", repartition.PageRepartir.as_view(), name="visites_repartir"),
    path("visites/<int:pk>/", include(une_visite)),
]


@hooks.register("register_admin_urls")
def adresses():
    pages = include((urlpatterns, "gestion_visites"), namespace="gestion_visites")
    return [path("consultations/<int:consultation>/", pages)]


@hooks.register("lignes_de_preparation")
def lignes(consultation):
    """One line for a seminar, with what waits for someone."""
    if consultation.nature != Consultation.Nature.SEMINAIRE:
        return []
    visites = list(Visite.objects.filter(consultation=consultation).comptees())
    constat = ngettext("%(n)s visite.", "%(n)s visites.", len(visites)) % {"n": len(visites)}
    a_repartir = sum(v.nb_attentes for v in visites if v.a_repartir and v.etat == Visite.Etat.OUVERTE)
    if a_repartir:
        attendent = ngettext("%(n)s demande attend.", "%(n)s demandes attendent.", a_repartir)
        constat = f"{constat} {attendent % {'n': a_repartir}}"
    if not visites:
        constat = _("Avant le séminaire, des entreprises peuvent ouvrir leurs portes.")
    etat = A_FAIRE if a_repartir else FAIT if visites else FACULTATIF
    adresse = reverse("gestion_visites:visites", args=[consultation.pk])
    return [Ligne(92, _("Visites d’entreprises"), etat, constat, adresse, _("Voir les visites"))]


@hooks.register("blocs_de_preparation")
def blocs(vue):
    """A link to the public list, once there is one."""
    if not Visite.objects.publiques().filter(consultation=vue.consultation).exists():
        return []
    liste = reverse("visites:liste", args=[vue.consultation.slug])
    return [{"titre": _("Visites d’entreprises"), "liens": [(_("Page publique"), liste)]}]


@hooks.register("parts_de_ma_page")
def part_de_ma_page(request, participants):
    """Each one's visits, and those they may ask for, under their consultation."""
    lues = lectures.de_ma_page(participants)
    return {
        pk: render_to_string("visites/ma_page.html", {"lues": siennes}, request)
        for pk, siennes in lues.items()
        if siennes
    }


@hooks.register("parts_du_dossier")
def part_du_dossier(participant):
    return {"visites": lectures.dossier(participant)}
