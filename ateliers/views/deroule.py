"""Changing the déroulé: plain forms, one step at a time. What has begun is not rewritten."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation import regles
from consultation.models import Proposition
from consultation.textes import entier

from .. import actions
from ..lectures.console import lire_programme
from ..models import Etape
from .acces import faire, pour_atelier

animer = pour_atelier(regles.peut_animer)


@require_safe
@never_cache
@animer
def deroule(request, atelier):
    return page_deroule(request, atelier, ouvert=request.GET.get("ouvert", ""))


def page_deroule(request, atelier, *, refus=None, saisie=None, ouvert=""):
    """Show the steps and their forms; `ouvert` names the form that was refused, filled again from `saisie`."""
    contexte = {
        "atelier": atelier,
        "programme": lire_programme(atelier),
        "natures": Etape.Nature.choices,
        "natures_proposees": Proposition.Nature.choices,
        "refus": refus,
        "saisie": saisie,
        "ouvert": ouvert,
    }
    statut = refus.statut if refus else 200
    return render(request, "ateliers/animation/modifier_deroule.html", contexte, status=statut)


def _agir(request, atelier, acte, *, dit, ouvert, ancre=""):
    def sinon(refus):
        return page_deroule(request, atelier, refus=refus, saisie=request.POST, ouvert=ouvert)

    vers = reverse("modifier_deroule", args=[atelier.pk]) + ancre
    return faire(request, acte, vers=vers, sinon=sinon, dit=dit)


def _champs(request):
    """Read a step's form; a duration that is not a number is left for the action to refuse."""
    return {
        "titre": request.POST.get("titre", ""),
        "consigne": request.POST.get("consigne", ""),
        "duree": entier(request.POST.get("duree", ""), 99_999) or 0,
        "tables": entier(request.POST.get("tables", ""), 99_999) or 0,
    }


@require_POST
@animer
def ajouter(request, atelier):
    """Add a step at the end of the déroulé."""

    def agir():
        nature = request.POST.get("nature", "")
        actions.ajouter_etape(
            atelier=atelier,
            nature=nature,
            proposition_nature=request.POST.get("proposition_nature") or None,
            par=request.user,
            **_champs(request),
        )

    dit = _("Étape ajoutée à la fin.")
    return _agir(request, atelier, agir, dit=dit, ouvert="ajouter", ancre="#ajouter")


@require_POST
@animer
def changer_etape(request, atelier, etape_id, acte):
    """Reword, move or remove one step."""
    etape = get_object_or_404(Etape, pk=etape_id, atelier=atelier)

    def agir():
        GESTES[acte](atelier, etape, request)

    dit = DITS[acte] % {"titre": etape.titre}
    ancre = "" if acte == "retirer" else f"#etape-{etape.pk}"
    return _agir(request, atelier, agir, dit=dit, ouvert=f"etape-{etape.pk}", ancre=ancre)


def _modifier(atelier, etape, request):
    champs = _champs(request)
    if etape.etat != Etape.Etat.A_VENIR:
        champs.pop("duree")
    actions.modifier_etape(etape=etape, par=request.user, **champs)


def _deplacer(pas):
    def geste(atelier, etape, request):
        rangs = list(atelier.etapes.values_list("pk", flat=True))
        actions.deplacer_etape(etape=etape, vers=max(0, rangs.index(etape.pk) + pas), par=request.user)

    return geste


GESTES = {
    "modifier": _modifier,
    "monter": _deplacer(-1),
    "descendre": _deplacer(1),
    "retirer": lambda atelier, etape, request: actions.retirer_etape(etape=etape, par=request.user),
}
DITS = {
    "modifier": gettext_lazy("« %(titre)s » est à jour."),
    "monter": gettext_lazy("« %(titre)s » passe plus tôt."),
    "descendre": gettext_lazy("« %(titre)s » passe plus tard."),
    "retirer": gettext_lazy("« %(titre)s » est retirée du déroulé."),
}
