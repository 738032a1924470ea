"""Tokens that outlived what they were given for: a mandate taken back, someone erased or put out.

A token carries the room's `acces`. As long as the room's has not moved, no access has ended and nothing is asked.
When it moves, whoever holds an older token is looked up once more.
"""

from django.contrib.auth import get_user_model

from consultation import regles

from ..identite import CONSOLE, PARTICIPANTS
from ..models import Atelier, Place


def tient(jeton):
    """Whether the bearer of a token may still hear what it opens. A few queries; a projector is for all."""
    if jeton.audience == PARTICIPANTS:
        places = Place.objects.presentes().filter(atelier=jeton.atelier_id, participant=jeton.participant_id)
        return places.filter(participant__generation=jeton.porteur, participant__efface_le=None).exists()
    if jeton.audience == CONSOLE:
        compte = get_user_model().objects.filter(pk=jeton.porteur).first()
        atelier = Atelier.objects.select_related("espace").filter(pk=jeton.atelier_id).first()
        return atelier is not None and regles.peut_voir_console(compte, atelier.espace)
    return True


def acces_de(ateliers):
    """Return {room id: its `acces` now}. One query."""
    return dict(Atelier.objects.filter(pk__in=ateliers).order_by().values_list("pk", "acces"))


def renvoyes(jetons):
    """Return those of `jetons` that no longer hold."""
    return {jeton for jeton in jetons if not tient(jeton)}
