"""Who speaks aloud, from the console: drawn by lot, noted by college, taken back."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultation import regles
from consultation.erreurs import Refus
from consultation.models import College
from consultation.textes import entier

from .. import actions
from ..models import PriseDeParole
from .acces import pour_atelier
from .console import agir_et_revenir

ANCRE = "tours"


def _college(request, atelier):
    """The College asked for, or None for all. Raises Refus 422 when there is no such college here."""
    voulu = request.POST.get("college", "")
    if not voulu:
        return None
    siens = College.objects.filter(consultation=atelier.consultation, pk=entier(voulu))
    if (college := siens.first()) is None:
        raise Refus("college_inconnu", _("Choisissez un collège de la liste."), champ="college")
    return college


@require_POST
@pour_atelier(regles.peut_animer)
def tirer_la_parole(request, atelier):
    """Draw someone; whoever was drawn last and passes (`passe`) is noted first."""

    def agir():
        college = _college(request, atelier)
        passe = PriseDeParole.objects.filter(atelier=atelier, pk=entier(request.POST.get("passe"))).first()
        if passe is not None:
            actions.passer_son_tour(tour=passe, par=request.user)
        actions.tirer_la_parole(atelier=atelier, college=college, par=request.user)

    return agir_et_revenir(request, atelier, agir, dit="", ancre=ANCRE)


@require_POST
@pour_atelier(regles.peut_animer)
def noter_parole(request, atelier):
    """One more turn for a college."""

    def agir():
        college = _college(request, atelier)
        if college is None:
            raise Refus("college_inconnu", _("Choisissez un collège de la liste."), champ="college")
        actions.noter_parole(atelier=atelier, college=college, par=request.user)

    return agir_et_revenir(request, atelier, agir, dit="", ancre=ANCRE)


@require_POST
@pour_atelier(regles.peut_animer)
def oublier_parole(request, atelier, tour_id):
    """Take back a turn."""
    tour = get_object_or_404(PriseDeParole, pk=tour_id, atelier=atelier)

    def agir():
        actions.oublier_parole(tour=tour, par=request.user)

    return agir_et_revenir(request, atelier, agir, dit="", ancre=ANCRE)
