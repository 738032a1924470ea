"""What whoever leads does with a closed vote, from the console."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultation import actions as actions_consultation
from consultation import regles
from consultation.models import Objection, Scrutin

from .. import actions
from .acces import pour_atelier
from .console import agir_et_revenir


def _scrutin(atelier, scrutin_id):
    return get_object_or_404(Scrutin, pk=scrutin_id, espace_id=atelier.espace_id)


@require_POST
@pour_atelier(regles.peut_animer)
def montrer_resultats(request, atelier, scrutin_id):
    """Show phones and projector the results that waited."""
    scrutin = _scrutin(atelier, scrutin_id)

    def agir():
        actions_consultation.montrer_resultats(scrutin=scrutin, par=request.user)

    return agir_et_revenir(request, atelier, agir, dit=_("Les résultats sont montrés."), ancre="etape")


@require_POST
@pour_atelier(regles.peut_animer)
def dessiner_opinions(request, atelier, scrutin_id):
    """Look for groups of people who answered alike, and show what is found."""
    scrutin = _scrutin(atelier, scrutin_id)

    def agir():
        actions_consultation.dessiner_opinions(scrutin=scrutin, par=request.user)

    dit = _("Le calcul est fait. Les écrans le montrent.")
    return agir_et_revenir(request, atelier, agir, dit=dit, ancre="resultats")


@require_POST
@pour_atelier(regles.peut_animer)
def ajouter_second_tour(request, atelier, scrutin_id):
    """Put a second round of a vote in the déroulé."""
    scrutin = _scrutin(atelier, scrutin_id)

    def agir():
        actions.ajouter_second_tour(atelier=atelier, scrutin=scrutin, par=request.user)

    dit = _("Le second tour est dans le déroulé. Ouvrez-le quand la discussion est finie.")
    return agir_et_revenir(request, atelier, agir, dit=dit, ancre="resultats")


@require_POST
@pour_atelier(regles.peut_animer)
def repondre_objection(request, atelier, objection_id):
    """Write what the group answers to an objection."""
    objection = get_object_or_404(Objection, pk=objection_id, scrutin__espace_id=atelier.espace_id)

    def agir():
        reponse = request.POST.get("reponse", "")
        actions_consultation.repondre_objection(objection=objection, reponse=reponse, par=request.user)

    dit = _("La réponse est envoyée à la personne qui a écrit l’objection.")
    return agir_et_revenir(request, atelier, agir, dit=dit, ancre="objections")
