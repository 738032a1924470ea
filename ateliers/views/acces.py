"""Who gets into the facilitator's screens, and how an act is answered there."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from consultation import regles
from consultation.erreurs import Refus

from ..lectures import AVEC_CADRE
from ..models import Atelier


def pour_atelier(droit=regles.peut_voir_console):
    """Give the view its `Atelier`: login asked of strangers, 404 if it does not exist, 403 without `droit`."""

    def decorer(vue):
        @wraps(vue)
        @login_required
        def enveloppe(request, atelier_id, **kwargs):
            atelier = get_object_or_404(Atelier.objects.select_related(*AVEC_CADRE), pk=atelier_id)
            if not droit(request.user, atelier.espace):
                raise PermissionDenied
            return vue(request, atelier, **kwargs)

        return enveloppe

    return decorer


def faire(request, acte, *, vers, sinon, dit=""):
    """Do `acte`, then go to `vers` saying `dit`. Refused: `sinon(refus)` shows the page again with what was typed.

    Every act answers with a redirect, so that reloading never does it twice.
    """
    try:
        acte()
    except Refus as refus:
        return sinon(refus)
    if dit:
        messages.success(request, dit)
    return redirect(vers)
