"""What whoever leads does, from the console, with a questionnaire that the room answers."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultation import actions as actions_consultation
from consultation import regles
from consultation.models import Grille

from .acces import pour_atelier
from .console import agir_et_revenir


@require_POST
@pour_atelier(regles.peut_animer)
def agir_grille(request, atelier, grille_id, acte):
    """Close it, or count it once: the room's screen then shows what may be shown."""
    siennes = Grille.objects.select_related("consultation", "espace").filter(espace=atelier.espace_id)
    grille = get_object_or_404(siennes, pk=grille_id)
    faire, dit = {
        "clore": (actions_consultation.clore_grille, _("La grille est close. Elle ne reçoit plus de réponses.")),
        "compter": (actions_consultation.compter_grille, _("Les réponses sont comptées.")),
    }[acte]
    return agir_et_revenir(
        request, atelier, lambda: faire(grille=grille, par=request.user), dit=dit, ancre="etape"
    )
