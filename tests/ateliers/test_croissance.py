"""Nothing grows faster than what it shows: each screen and act of a room, and of one that holds twice as much.

The world is the one that `python -m tests.charge --seulement croissance` measures with 200 to 10,000 propositions.
What the base does is counted in steps of SQLite's machine: seconds would depend on what else is running.
"""

from functools import partial

import pytest
from django.db import connection, transaction

from consultation.analyse import voisinages
from tests.charge.croissance import Monde, peser

#: Propositions and pistes of the two rooms: every list of the smaller one is longer than its window already.
PETITE, GRANDE = (220, 66), (440, 132)
#: Steps of the machine between two counts.
PAS = 100


def _lire(*tailles):
    with transaction.atomic():
        lues = {ecran: _compter(acte) for ecran, acte in Monde(*tailles).ecrans()}
        transaction.set_rollback(True)
    return lues


def _compter(acte):
    """What `peser` says of a call, and `steps`, what the base did for it."""
    pas = []

    def suivi():
        pas.clear()
        connection.connection.set_progress_handler(lambda: pas.append(1), PAS)
        try:
            return acte()
        finally:
            connection.connection.set_progress_handler(None, 0)

    return peser(suivi, fois=1) | {"steps": len(pas)}


@pytest.mark.django_db
def test_a_room_that_holds_twice_as_much_sends_no_more_and_asks_the_base_no_more_than_twice(monkeypatch):
    monkeypatch.setattr(
        voisinages, "groupes", partial(voisinages.groupes, patience=None)
    )  # else as fast as it can
    petite, grande = _lire(*PETITE), _lire(*GRANDE)
    lus = {quoi: {e: (petite[e][quoi], grande[e][quoi]) for e in petite} for quoi in petite["console"]}
    assert {e: (p, g) for e, (p, g) in lus["queries"].items() if p != g} == {}
    assert {e: (p, g) for e, (p, g) in lus["nodes"].items() if g > 1.02 * p} == {}
    assert {e: (p, g) for e, (p, g) in lus["bytes"].items() if g > 1.03 * p} == {}
    assert {e: (p, g) for e, (p, g) in lus["steps"].items() if g > 2.3 * p + 10} == {}
    actes = {e: (p, g) for e, (p, g) in lus["steps"].items() if e.startswith("act: ")}
    assert ({e: (p, g) for e, (p, g) in actes.items() if g > 1.3 * p + 10}, len(actes)) == ({}, 3)
