"""The way of a vote through the house: few rooms, each crossed once."""

import sys
import threading
from pathlib import Path

import pytest

from .salle_rapide import monter

__all__ = ["monter"]
pytestmark = pytest.mark.usefixtures("base_partagee")

MAISON = str(Path(__file__).parents[2])
APPS = ("ateliers", "consultation")


def piece(fichier):
    """The room of the house a file belongs to ("ateliers/voie", "consultation"), or None for others' code."""
    if not fichier.startswith(MAISON):
        return None
    app, *reste = Path(fichier).relative_to(MAISON).with_suffix("").parts
    # How a query is written once is no room: whoever reads uses it where they stand.
    return f"{app}/{reste[0]}" if app in APPS and reste[0] != "requetes" else None


def pieces_traversees(cadre):
    """The rooms on the stack of a call, from the outermost, those next to each other told once."""
    pieces = []
    while cadre is not None:
        ici = piece(cadre.f_code.co_filename)
        if ici and (not pieces or pieces[-1] != ici):
            pieces.append(ici)
        cadre = cadre.f_back
    return tuple(reversed(pieces))


@pytest.fixture
def chemins(request):
    """Every way taken by the calls of one vote, in the loop, the lane's thread and the writer's."""
    vus = set()

    def noter(cadre, quoi, _objet):
        if quoi == "call" and piece(cadre.f_code.co_filename):
            vus.add(pieces_traversees(cadre))

    threading.setprofile(noter)  # before the writer's thread is born
    try:
        salle = request.getfixturevalue("monter")("vote")
        salle.ouvrir("vote")
        sys.setprofile(noter)
        reponse = salle.voter({salle.pistes[0].pk: 1})
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    assert (reponse.statut, salle.derriere.recus) == (200, [])
    return vus


def test_a_vote_by_the_lane_crosses_five_rooms_at_most_and_never_climbs_back(chemins):
    ecrire = ("consultation/guichet", "ateliers/actions", "consultation/actions")
    assert {("ateliers/voie", "consultation/guichet"), ecrire} <= chemins
    # The writer has a thread of its own: what it does is behind the lane all the same.
    entiers = [("ateliers/voie", *chemin) if chemin[0] == ecrire[0] else chemin for chemin in chemins]
    assert [chemin for chemin in entiers if len(chemin) > 5 or len(set(chemin)) < len(chemin)] == []
