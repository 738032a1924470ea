"""A questionnaire answered on a bad network: answers come one by one from the outbox, screens all at once."""

import json

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultation import actions as actes
from consultation.erreurs import Refus
from consultation.textes import entier

from .. import identite
from ..actions.gardes import autre_personne, exiger
from ..lectures.grilles import Etat, ecran_de_question
from ..reponses import repondre_refus
from .grilles import PREFIXE, avec_copie, avec_grille


@require_POST
@avec_grille
def garder(request, grille, copie):
    """Keep the answer to one question, {case: as typed} in `reponses`; an older `ordre` of a device is dropped."""
    try:
        _exiger_la_personne(request, copie)
        ordre = entier(request.POST.get("ordre", "")) or 0
        actes.repondre(
            copie=copie,
            participant=copie.participant,
            reponses={request.POST.get("question", ""): _lire(request.POST.get("reponses", ""))},
            appareil=identite.appareils(request.COOKIES).get(grille.consultation_id, ""),
            rang=ordre,
        )
    except Refus as refus:
        return repondre_refus(refus)
    return JsonResponse({"ordre": ordre})


def _exiger_la_personne(request, copie):
    message = _("Ce téléphone n’est plus reconnu. Revenez avec votre code personnel.")
    exiger(copie is not None, "pas_commencee", message, statut=403)
    if request.POST.get("moi", str(copie.participant_id)) != str(copie.participant_id):
        raise autre_personne()


def _lire(envoye):
    try:
        return json.loads(envoye)
    except (ValueError, RecursionError) as erreur:
        message = _("Cette réponse est arrivée abîmée. Rechargez la page.")
        raise Refus("reponse_abimee", message, statut=400) from erreur


@require_safe
@avec_copie
def ecrans(request, grille, copie):
    """Every question's screen, to be kept on the phone; those not asked today too: an answer may ask them."""
    etat = Etat.de(copie)
    les_ecrans = [ecran_de_question(etat, question) for question in etat.structure.questions]
    contexte = {"grille": grille, "ecrans": les_ecrans, "prefixe": PREFIXE}
    return render(request, "ateliers/grille/ecrans.html", contexte)
