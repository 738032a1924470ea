"""What became of each piste, for anyone: the boards, a board, a piste."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from ..lectures import suites
from ..lectures.archive import zipper

PAR_PAGE = 25


@require_safe
def tableaux(request):
    return render(request, "contenus/suites/liste.html", {"consultations": suites.consultations_suivies()})


@require_safe
def tableau(request, slug):
    consultation = get_object_or_404(suites.consultations_suivies(), slug=slug)
    lu = suites.tableau(consultation, request.GET.get("etat", ""))
    page = Paginator(lu.lignes, PAR_PAGE).get_page(request.GET.get("page"))
    return render(request, "contenus/suites/tableau.html", {"tableau": lu, "page": page})


@require_safe
def archive(request, slug):
    """The open data of a consultation whose board anyone may read."""
    consultation = get_object_or_404(suites.consultations_suivies(), slug=slug)
    reponse = HttpResponse(zipper(consultation), content_type="application/zip")
    reponse["Content-Disposition"] = f'attachment; filename="{consultation.slug}-donnees.zip"'
    return reponse


@require_safe
def piste(request, slug, numero):
    """One piste, its trail newest first. A joined one leads to the one that stands for it."""
    consultation = get_object_or_404(suites.consultations_suivies(), slug=slug)
    suivie = suites.piste_publique(consultation, numero)
    if suivie is None:
        raise Http404
    if suivie.piste.numero != numero:
        return redirect("contenus:piste", slug, suivie.piste.numero)
    contexte = {"consultation": consultation, "vue": suites.presenter(suivie)}
    return render(request, "contenus/suites/piste.html", contexte)
