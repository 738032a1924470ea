"""The room's screen, from the console: hide the wall, put one proposition forward, keep it or leave it out."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from consultation import regles
from consultation.models import Proposition

from .. import actions
from ..models import SurLeMur
from .acces import pour_atelier
from .console import agir_et_revenir


@require_POST
@pour_atelier(regles.peut_animer)
def tenir_le_mur(request, atelier, acte):
    """Hide the wall while people write, or show it again."""

    def agir():
        actions.cacher_mur(atelier=atelier, cache=acte == "cacher", par=request.user)

    dit = _("Le mur est caché.") if acte == "cacher" else _("Le mur est revenu.")
    return agir_et_revenir(request, atelier, agir, dit=dit, ancre="ecran")


GESTES = {
    "mettre": (SurLeMur.Place.UNE, gettext_lazy("La proposition est à la une.")),
    "epingler": (SurLeMur.Place.EPINGLEE, gettext_lazy("La proposition reste à l’écran.")),
    "cacher": (SurLeMur.Place.CACHEE, gettext_lazy("La proposition n’est plus à l’écran. Elle est gardée.")),
    "laisser": ("", gettext_lazy("La proposition passe à son tour.")),
}


@require_POST
@pour_atelier(regles.peut_animer)
def placer_au_mur(request, atelier, proposition_id, geste):
    proposition = get_object_or_404(Proposition, pk=proposition_id, espace_id=atelier.espace_id)
    place, dit = GESTES[geste]

    def agir():
        actions.placer_au_mur(atelier=atelier, proposition=proposition, place=place, par=request.user)

    return agir_et_revenir(request, atelier, agir, dit=dit, ancre="ecran")
