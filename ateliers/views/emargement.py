"""Who signed for a secret ballot, and as many ballots in the box: anyone in the room may check."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation import lectures as lectures_consultation
from consultation.models import Scrutin

from .participant import present


@never_cache
@require_safe
@present
def emargement(request, atelier, participant, scrutin_id):
    """The sign-in sheet of a secret ballot of this room, once it is open."""
    siens = Scrutin.objects.filter(espace=atelier.espace_id, secret=True).exclude(etat=Scrutin.Etat.PREPARE)
    scrutin = get_object_or_404(siens, pk=scrutin_id)
    return render(
        request,
        "ateliers/participant/emargement.html",
        {
            "atelier": atelier,
            "scrutin": scrutin,
            "compte": lectures_consultation.compte_des_bulletins(scrutin),
            "feuilles": lectures_consultation.emargement(scrutin),
        },
    )
