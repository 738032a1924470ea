"""Where login lands: what one facilitates, reports on or organises."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation import regles

from .. import lectures
from ..lectures.ateliers import decrire


@require_safe
@never_cache
@login_required
def mes_ateliers(request):
    """List one's workshops by consultation, then by half-day; five queries whatever their number."""
    ateliers = list(
        lectures.ateliers_de(request.user).order_by(
            "-espace__consultation__debut", "espace__consultation_id", "temps__ordre", "temps_id", "ordre", "pk"
        )
    )
    cartes = decrire(ateliers, request.user)
    consultations = [
        (consultation, [(temps, list(groupe)) for temps, groupe in groupby(siens, lambda c: c.atelier.temps)])
        for consultation, siens in groupby(cartes, lambda c: c.atelier.consultation)
    ]
    contexte = {"consultations": consultations, "organise": regles.organise_quelque_chose(request.user)}
    return render(request, "ateliers/animation/mes_ateliers.html", contexte)
