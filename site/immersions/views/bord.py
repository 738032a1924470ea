"""The quarterly board of a territory, for anyone: a page, a PDF for the meeting, a spreadsheet."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultation.gestion.tableur import telechargement
from consultation.textes import entier
from contenus.views.impression import pdf_ou_excuse

from .. import impression, lectures
from ..acces import avec_dispositif


def _choisi(request, dispositif):
    """Return (the years counted, the Bord that the address asks for, the latest year by default, or None)."""
    annees = lectures.annees_arretees(dispositif)
    annee = entier(request.GET.get("annee", ""))
    trimestre = entier(request.GET.get("trimestre", ""))
    if not annees:
        return annees, None
    annee = annee if annee in annees else annees[0]
    trimestre = trimestre if trimestre in (1, 2, 3, 4) else None
    return annees, lectures.bord(dispositif, annee, trimestre, request.GET.get("pour", ""))


@require_safe
@avec_dispositif
def bord(request, dispositif):
    annees, lu = _choisi(request, dispositif)
    contexte = {"dispositif": dispositif, "annees": annees, "bord": lu, "adresse": request.GET.urlencode()}
    contexte["ordres"] = lectures.ordres_du_jour(dispositif, lu.annee, lu.trimestre) if lu else ()
    return render(request, "immersions/bord.html", contexte)


@require_safe
@avec_dispositif
def pdf(request, dispositif):
    _annees, lu = _choisi(request, dispositif)
    if lu is None:
        raise Http404
    return pdf_ou_excuse(request, f"immersions-{lu.annee}", lambda: impression.bord_pdf(dispositif, lu))


@require_safe
@avec_dispositif
def tableur(request, dispositif):
    _annees, lu = _choisi(request, dispositif)
    if lu is None:
        raise Http404
    feuilles = impression.feuilles(lu)
    return telechargement(feuilles, _("immersions %(annee)s") % {"annee": lu.annee}, "xlsx")
