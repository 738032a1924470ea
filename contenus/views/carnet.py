"""The booklet: to read on a screen, to read as a PDF, to print."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ateliers import identite
from consultation import regles
from consultation.models import Consultation

from ..impression import carnet_pdf, imposer
from ..impression.carnets import FORMATS, carnet_apres_pdf
from ..lectures.carnet import carnet_de
from ..lectures.carnet_apres import carnet_apres, idees_de
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


def _format(request):
    """The format asked for (`?format=gros`), A5 unless it is one."""
    return request.GET.get("format") if request.GET.get("format") in FORMATS else "a5"


def _apres(request):
    """Whether the edition after the seminar is asked for."""
    return request.GET.get("edition") == "apres"


@never_cache
@require_GET
def le_mien(request):
    participant = _mien(request)
    if participant is None:
        return redirect("contenus:moi")
    if _apres(request):
        return _montrer(request, carnet_apres(participant), participant.consultation, participant)
    carnet = carnet_de(participant.consultation, participant)
    return _montrer(request, carnet, participant.consultation, participant)


@require_GET
def commun(request, slug):
    consultation = _consultation(request, slug)
    return _montrer(request, carnet_de(consultation), consultation)


def _montrer(request, carnet, consultation, participant=None):
    contexte = {
        "carnet": carnet,
        "consultation": consultation,
        "participant": participant,
        "apres": _apres(request) and participant is not None,
        "des_idees": participant is not None and idees_de(participant).exists(),
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
    """`impose`: two A5 pages to a sheet, to fold; a booklet of another format is not folded."""
    format = "a5" if impose else _format(request)
    apres = _apres(request) and participant is not None

    def faire():
        pdf = carnet_apres_pdf(participant, format) if apres else carnet_pdf(consultation, participant, format)
        return imposer(pdf) if impose else pdf

    suite = "-a-imprimer" if impose else {"a5": "", "a4": "-a4", "gros": "-gros-caracteres"}[format]
    nom = f"carnet-{consultation.slug}" + ("-apres" if apres else "") + suite
    return pdf_ou_excuse(request, nom, faire)
