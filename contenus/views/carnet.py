"""The booklet: to read on a screen, to read as a PDF, to print."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ateliers import identite
from consultation import regles
from consultation.models import Consultation

from ..impression import carnet_pdf, imposer
from ..lectures.carnet import carnet_de
from ..models import SeminairePage
from .impression import pdf_ou_excuse
from .moi import participants_de


def _mien(request):
    """Return whose booklet is asked for: in ?consultation=…, else in the latest consultation entered; or None."""
    siens = participants_de(request)
    slug = request.GET.get("consultation")
    return next((p for p in siens if slug in (None, "", p.consultation.slug)), None)


def _consultation(request, slug):
    """Return the consultation, or 404 while it is being prepared, but for those who are in it."""
    consultation = get_object_or_404(Consultation, slug=slug)
    visible = (
        consultation.etat != Consultation.Etat.PREPARATION
        or SeminairePage.objects.live().public().filter(consultation=consultation).exists()
        or regles.est_organisateur(request.user, consultation)
        or identite.participant_de(request, consultation)
    )
    if not visible:
        raise Http404
    return consultation


@never_cache
@require_GET
def le_mien(request):
    participant = _mien(request)
    if participant is None:
        return redirect("contenus:moi")
    return _montrer(request, participant.consultation, participant)


@require_GET
def commun(request, slug):
    return _montrer(request, _consultation(request, slug))


def _montrer(request, consultation, participant=None):
    contexte = {
        "carnet": carnet_de(consultation, participant),
        "consultation": consultation,
        "participant": participant,
    }
    return render(request, "contenus/carnet/carnet.html", contexte)


@never_cache
@require_GET
def le_mien_pdf(request, impose=False):
    participant = _mien(request)
    if participant is None:
        return redirect("contenus:moi")
    return _pdf(request, participant.consultation, participant, impose)


@require_GET
def commun_pdf(request, slug, impose=False):
    return _pdf(request, _consultation(request, slug), None, impose)


def _pdf(request, consultation, participant, impose):
    def faire():
        pdf = carnet_pdf(consultation, participant)
        return imposer(pdf) if impose else pdf

    nom = f"carnet-{consultation.slug}" + ("-a-imprimer" if impose else "")
    return pdf_ou_excuse(request, nom, faire)
