"""Who is there: signs of life gathered in this process, written together now and then.

A live socket, a poll, a page asked for are signs. They wait in memory and go to `Place.vu_le` in one update a
room, at most every `RYTHME` seconds: a thousand phones cost one write, and nobody's act waits for it.
"""

from threading import Lock
from time import monotonic

from django.utils import timezone

from ..models import Place

#: Seconds between two writes of one process; `models.PRESENCE` is what a sign of life is worth.
RYTHME = 30.0
#: Ids in one update: databases take a bounded number of them.
LOT = 500
_vus = set()
_verrou = Lock()
_ecrit_le = -RYTHME


def voir(atelier_id, participant_id):
    """Note that someone is there."""
    with _verrou:
        _vus.add((atelier_id, participant_id))


def voir_telephone(atelier_id, entrees):
    """Note who holds the phone of these `entrees`. Who is not in the room is left out when written."""
    for participant_id, _generation in entrees.values():
        voir(atelier_id, participant_id)


def a_ecrire(maintenant=None):
    """Return {room: set of people seen}, and forget them; empty until `RYTHME` has passed since the last time."""
    global _ecrit_le
    maintenant = monotonic() if maintenant is None else maintenant
    with _verrou:
        if not _vus or maintenant - _ecrit_le < RYTHME:
            return {}
        _ecrit_le, couples = maintenant, list(_vus)
        _vus.clear()
    par_salle = {}
    for atelier_id, participant_id in couples:
        par_salle.setdefault(atelier_id, set()).add(participant_id)
    return par_salle


def ecrire(lots):
    """Write each {room: people}; return a None for each. The act of `guichet.remettre`."""
    for lot in lots:
        for atelier_id, gens in lot.items():
            numeros = sorted(gens)
            for debut in range(0, len(numeros), LOT):
                siennes = Place.objects.presentes().filter(
                    atelier=atelier_id, participant__in=numeros[debut : debut + LOT]
                )
                siennes.update(vu_le=timezone.now())
    return [None for _lot in lots]
