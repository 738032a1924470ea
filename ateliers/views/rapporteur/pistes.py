"""Word the pistes of one workshop, choose their axe, keep them or set them aside."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Axe, Piste
from consultation.textes import entier

from ...lectures.bureau import lire_bureau
from ...lectures.tableau import Filtre
from .acces import pour_espace


@require_safe
@never_cache
@pour_espace
def pistes(request, espace):
    return _page(request, espace)


def _page(request, espace, *, refus=None, saisie=None, ouverte=None):
    """Show a page of the pistes; after a refusal, with what was typed in the form of the piste `ouverte`."""
    contexte = {
        "espace": espace,
        "bureau": lire_bureau(espace, Filtre.lire(request.GET), ouverte),
        "etats": Piste.Etat.choices,
        "refus": refus,
        "saisie": saisie,
        "axe_choisi": entier(saisie.get("axe")) if saisie else None,
        "ouverte": ouverte,
    }
    return render(request, "ateliers/rapporteur/pistes.html", contexte, status=refus.statut if refus else 200)


@require_POST
@pour_espace
def agir_piste(request, espace, piste_id, acte):
    piste = get_object_or_404(Piste, pk=piste_id, espace=espace)
    try:
        dit = ACTES[acte](piste, request)
    except Refus as refus:
        piste.refresh_from_db()
        return _page(request, espace, refus=refus, saisie=request.POST, ouverte=piste.pk)
    messages.success(request, dit.format(numero=piste.numero))
    suite = Filtre.lire(request.GET).suite
    return redirect(f"{reverse('rapporter_pistes', args=[espace.pk])}{suite}#piste-{piste.pk}")


def _formuler(piste, request):
    axe = Axe.objects.filter(consultation=piste.consultation_id, pk=entier(request.POST.get("axe"))).first()
    actions.formuler_piste(
        piste=piste,
        texte=request.POST.get("texte", ""),
        axe=axe,
        revision=entier(request.POST.get("revision")) or 0,
        par=request.user,
    )
    return _("La piste n° {numero} est enregistrée.")


def _garder_le_texte(piste, request):
    """The buttons stand under the text being written: what was typed is kept before the piste changes state."""
    if "texte" in request.POST and piste.etat != Piste.Etat.ECARTEE:
        _formuler(piste, request)


def _retenir(piste, request):
    _garder_le_texte(piste, request)
    actions.retenir_piste(piste=piste, par=request.user)
    return _("La piste n° {numero} est retenue.")


def _ecarter(piste, request):
    _garder_le_texte(piste, request)
    actions.ecarter_piste(piste=piste, par=request.user, motif=request.POST.get("motif", ""))
    return _("La piste n° {numero} est écartée. Ses propositions restent gardées.")


def _reprendre(piste, request):
    _garder_le_texte(piste, request)
    actions.reprendre_piste(piste=piste, par=request.user)
    return _("La piste n° {numero} est de nouveau en travail.")


ACTES = {"formuler": _formuler, "retenir": _retenir, "ecarter": _ecarter, "reprendre": _reprendre}
