"""Taking a finished workshop up again."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as actes

from ..models import Etape
from .conduite import ouvrir_etape
from .gardes import exiger, exiger_animer
from .portes import reprendre_entrees


@transaction.atomic
def rouvrir_atelier(*, atelier, par):
    """Open a finished workshop again where it stopped: its last step that is no vote, and its doors.

    Return the Etape, which has the time it had left. Raises Refus 403; "pas_termine" 409 while a step is open or
    still to come; "rien_a_rouvrir" 409 when it has votes only; "consultation_fermee" 409.
    """
    exiger_animer(par, atelier)
    etapes = list(atelier.etapes.select_related("scrutin", "atelier__espace__consultation"))
    fini = bool(etapes) and all(etape.etat == Etape.Etat.FERMEE for etape in etapes)
    exiger(fini, "pas_termine", _("Cet atelier n’est pas terminé : ouvrez l’étape voulue."), statut=409)
    rouvrables = [etape for etape in etapes if etape.nature != Etape.Nature.VOTE]
    exiger(
        rouvrables,
        "rien_a_rouvrir",
        _("Un vote clos ne se rouvre pas. Ajoutez une étape pour continuer."),
        statut=409,
    )
    etape = ouvrir_etape(etape=rouvrables[-1], par=par)
    if atelier.entrees_suspendues:
        reprendre_entrees(atelier=atelier, par=par)
    actes.noter(
        verbe="rouvrir_atelier",
        objet=atelier,
        consultation=atelier.consultation,
        compte=par,
        details={"etape": etape.pk},
    )
    return etape
