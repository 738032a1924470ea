"""The door of a room, held by who leads it: pause it, open it again, put people out."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.models import Participant

from ..annonces import avancer, reprendre_acces
from ..models import Atelier, Place
from .gardes import exiger, exiger_animer


def suspendre_entrees(*, atelier, par):
    """Let nobody new in until `reprendre_entrees`; who has a seat still comes in. Return the Atelier.

    Twice is once. Raises Refus 403.
    """
    return _tenir(atelier, par, "suspendre_entrees", suspendues=True)


def reprendre_entrees(*, atelier, par):
    """Let newcomers in again. Return the Atelier. Twice is once. Raises Refus 403."""
    return _tenir(atelier, par, "reprendre_entrees", suspendues=False)


@transaction.atomic
def _tenir(atelier, par, verbe, *, suspendues):
    exiger_animer(par, atelier)
    change = Atelier.objects.filter(pk=atelier.pk).exclude(entrees_suspendues=suspendues)
    if change.update(entrees_suspendues=suspendues):
        actes.noter(verbe=verbe, objet=atelier, compte=par)
        avancer(atelier.pk)
    atelier.entrees_suspendues = suspendues
    return atelier


@transaction.atomic
def faire_sortir(*, atelier, participants, par):
    """Put people out of the room: their seats are given back, and the devices that speak as them are let go.

    `participants`: keys of those to put out; who is not in the room is passed over. What they wrote and voted
    stays; their personal code still lets them back in. Return how many went out, in one go whatever their number.
    Raises Refus 403, "personne_choisie" 422.
    """
    exiger_animer(par, atelier)
    places = Place.objects.presentes().filter(atelier=atelier, participant__in=participants)
    numeros = list(places.values_list("participant_id", flat=True))
    exiger(
        numeros, "personne_choisie", _("Cochez au moins une personne qui est dans la salle."), champ="participants"
    )
    places.delete()
    gens = Participant.objects.filter(pk__in=numeros)
    gens.update(generation=F("generation") + 1)
    actes.noter_ensemble(
        {"verbe": "faire_sortir", "objet": atelier, "compte": par, "participant": qui} for qui in gens
    )
    reprendre_acces(Atelier.objects.filter(pk=atelier.pk))
    return len(numeros)
