"""What whoever leads does, from the console, with a questionnaire that the room answers."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultation import actions as actions_consultation
from consultation import regles
from consultation.models import Grille
from consultation.textes import entier

from .. import actions
from .acces import pour_atelier
from .console import agir_et_revenir


@require_POST
@pour_atelier(regles.peut_animer)
def agir_grille(request, atelier, grille_id, acte):
    """Close it, count it once, or both (a question put on the spot): the room's screen shows what may be shown."""
    siennes = Grille.objects.select_related("consultation", "espace").filter(espace=atelier.espace_id)
    if acte == "montrer":  # a questionnaire that people fill takes its minute before it is counted
        siennes = siennes.exclude(etape=None)
    grille = get_object_or_404(siennes, pk=grille_id)
    faire, dit = {
        "clore": (actions_consultation.clore_grille, _("La grille est close. Elle ne reçoit plus de réponses.")),
        "montrer": (actions_consultation.montrer_reponses, _("Les réponses sont sur l’écran de la salle.")),
        "compter": (actions_consultation.compter_grille, _("Les réponses sont comptées.")),
    }[acte]
    return agir_et_revenir(
        request, atelier, lambda: faire(grille=grille, par=request.user), dit=dit, ancre="etape"
    )


@require_POST
@pour_atelier(regles.peut_animer)
def poser_question(request, atelier):
    """Put a question to the room now; after a refusal, what was typed is in its form, open."""

    def agir():
        actions.poser_question(
            atelier=atelier,
            libelle=request.POST.get("question", ""),
            reponses=request.POST.get("reponses", "").splitlines(),
            attendu=entier(request.POST.get("courante")),
            par=request.user,
        )

    dit = _("La question est sur les téléphones.")
    return agir_et_revenir(request, atelier, agir, dit=dit, ancre="question")
