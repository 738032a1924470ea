"""Rendered states, kept by (room, sequence, audience): a thousand late joiners cost one rendering."""

import json
from collections import OrderedDict
from threading import Lock

from ..models import Atelier
from . import cadres

#: Snapshots kept in memory: a few kB each.
ETATS_MAX = 64
_gardes = OrderedDict()
_verrou = Lock()


def encoder(valeur):
    """Return compact JSON text."""
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":"))


def corps_du_snapshot(atelier_id, audience):
    """Return (sequence, body as bytes) of the whole state, rendered at most once per sequence.

    (None, b"") if there is no such room. One query when the state is already known.
    """
    sequence = Atelier.objects.filter(pk=atelier_id).values_list("sequence", flat=True).first()
    if sequence is None:
        return None, b""
    cle = (atelier_id, sequence, audience)
    with _verrou:
        corps = _gardes.get(cle)
    if corps is not None:
        return sequence, corps
    sequence, etats = cadres.rendre(atelier_id, (audience,))
    if sequence is None:
        return None, b""
    corps = encoder({"seq": sequence, **etats[audience]}).encode()
    with _verrou:
        _gardes[(atelier_id, sequence, audience)] = corps
        while len(_gardes) > ETATS_MAX:
            _gardes.popitem(last=False)
    return sequence, corps


def oublier():
    """Forget what was kept: for tests, and after changes made around the actions."""
    with _verrou:
        _gardes.clear()
