"""Immersions in the organiser's desk, and on one's own page."""

from django.template.loader import render_to_string
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from consultation.gestion.preparation import EN_COURS, FACULTATIF, Ligne

from . import gestion_urls, lectures


@hooks.register("register_admin_urls")
def adresses():
    return [
        path("consultations/<int:consultation>/immersions/", include(gestion_urls, namespace="gestion_immersions"))
    ]


@hooks.register("lignes_de_preparation")
def lignes(consultation):
    """The line of immersions on the preparation page."""
    dispositif = lectures.dispositif_de(consultation)
    if dispositif is None:
        vers = reverse("gestion_immersions:reglages", args=[consultation.pk])
        constat = _("Des personnes essaient un métier dans une entreprise.")
        return [Ligne(97, _("Immersions"), FACULTATIF, constat, vers, _("Commencer"))]
    n = lectures.immersions_de(dispositif).count()
    constat = ngettext("%(n)d immersion.", "%(n)d immersions.", n) % {"n": n}
    vers = reverse("gestion_immersions:accueil", args=[consultation.pk])
    return [Ligne(97, _("Immersions"), EN_COURS, constat, vers, _("Voir"))]


@hooks.register("parts_de_ma_page")
def part_de_ma_page(request, participants):
    """Each one's immersions, or how to ask for one, under their consultation."""
    return {
        pk: render_to_string("immersions/ma_page.html", {"dispositif": dispositif, "siennes": siennes}, request)
        for pk, (dispositif, siennes) in lectures.de_ma_page(participants).items()
    }


@hooks.register("parts_du_dossier")
def part_du_dossier(participant):
    return {"immersions": lectures.dossier(participant)}
