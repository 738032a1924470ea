"""What was made of a room, kept in this process while the room does not move: made once, read by thousands."""

from collections import OrderedDict
from threading import Lock

#: Rooms kept in memory: some tens of kB each.
SALLES_MAX = 64
_gardes = OrderedDict()  # atelier_id -> (sequence, {what: value})
_verrou = Lock()


def garde(atelier_id, quoi, sequence):
    """Return what is kept under `quoi` of a room at this sequence, or None."""
    with _verrou:
        sienne, valeurs = _gardes.get(atelier_id, (None, {}))
        return valeurs.get(quoi) if sienne == sequence else None


def garder(atelier_id, quoi, sequence, valeur):
    """Keep `valeur`. All that was shown before is dropped: it may hold words that someone has just taken back."""
    with _verrou:
        sienne, valeurs = _gardes.get(atelier_id, (-1, {}))
        if sienne > sequence:
            return
        _gardes[atelier_id] = (sequence, {**(valeurs if sienne == sequence else {}), quoi: valeur})
        _gardes.move_to_end(atelier_id)
        while len(_gardes) > SALLES_MAX:
            _gardes.popitem(last=False)


def une_fois(atelier_id, quoi, sequence, faire):
    """Return what `faire` gives, made once while the room is at this sequence."""
    valeur = garde(atelier_id, quoi, sequence)
    if valeur is None:
        valeur = faire()
        garder(atelier_id, quoi, sequence, valeur)
    return valeur


def oublier():
    """Forget what was kept: for tests, and after changes made around the actions."""
    with _verrou:
        _gardes.clear()
