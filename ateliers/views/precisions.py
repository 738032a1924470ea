"""Helping someone say more exactly what they mean: the facilitator asks, and sees what waits for an answer."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultation import actions as actions_consultation
from consultation import regles
from consultation.models import Precision, Proposition

from .acces import faire, pour_atelier
from .console import agir_et_revenir, vers_console


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@pour_atelier(regles.peut_animer)
def demander_precision(request, atelier, proposition_id):
    """The words as they are, and the sentence that would help their author."""
    proposition = get_object_or_404(Proposition, pk=proposition_id, espace_id=atelier.espace_id)
    if request.method != "POST":
        return _page(request, atelier, proposition)

    def agir():
        demande = request.POST.get("demande", "")
        actions_consultation.demander_precision(proposition=proposition, demande=demande, par=request.user)

    def sinon(refus):
        return _page(request, atelier, proposition, refus)

    dit = _("La demande est sur le téléphone de la personne. La phrase reste comme elle est d’ici là.")
    return faire(request, agir, vers=vers_console(atelier, "preciser"), sinon=sinon, dit=dit)


def _page(request, atelier, proposition, refus=None):
    deja = Precision.objects.en_attente().filter(proposition=proposition).first()
    contexte = {
        "atelier": atelier,
        "proposition": proposition,
        "demande": request.POST.get("demande", deja.demande if deja else ""),
        "refus": refus,
    }
    statut = refus.statut if refus else 200
    return render(request, "ateliers/animation/preciser.html", contexte, status=statut)


@require_POST
@pour_atelier(regles.peut_animer)
def retirer_precision(request, atelier, proposition_id):
    proposition = get_object_or_404(Proposition, pk=proposition_id, espace_id=atelier.espace_id)

    def agir():
        actions_consultation.retirer_precision(proposition=proposition, par=request.user)

    return agir_et_revenir(request, atelier, agir, dit=_("La demande est retirée."), ancre="preciser")
