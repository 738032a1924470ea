"""Suggested groupings: left aside for oneself, or applied by a person."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultation import actions as actions_consultation
from consultation import regles
from consultation.models import Proposition

from ..pupitre import suggestions
from .acces import faire, pour_atelier
from .console import page_console


@require_POST
@pour_atelier(regles.peut_animer)
def laisser(request, atelier):
    """Leave a suggestion: its propositions stay apart, and it is not shown again."""
    suggestions.laisser(request.session, atelier, request.POST.get("cle", ""))
    return redirect(_retour(request, atelier))


@require_POST
@pour_atelier(regles.peut_animer)
def appliquer(request, atelier):
    """Group the propositions of a suggestion in a new piste, in the words given with it."""
    propositions = list(
        Proposition.objects.filter(
            espace_id=atelier.espace_id, pk__in=suggestions.numeros_de(request.POST.get("cle", ""))
        )
    )

    def agir():
        actions_consultation.regrouper(
            espace=atelier.espace,
            propositions=propositions,
            texte=request.POST.get("texte", ""),
            motif=_("Ces propositions se ressemblent."),
            par=request.user,
        )

    def sinon(refus):
        return page_console(request, atelier, refus=refus, saisie=request.POST)

    dit = _("Propositions regroupées. Pour défaire, ouvrez « Regrouper ».")
    return faire(request, agir, vers=_retour(request, atelier), sinon=sinon, dit=dit)


def _retour(request, atelier):
    if request.POST.get("retour") == "regroupement":
        return reverse("regroupement", args=[atelier.pk])
    return reverse("console", args=[atelier.pk]) + "#suggestions"
