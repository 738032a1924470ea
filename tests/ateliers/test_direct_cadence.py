"""How often a room is told: bursts, phones that share a wifi, rooms that take long to render."""

import time
from itertools import pairwise

from ateliers import actions, annonces
from ateliers.direct import cadres, public
from ateliers.direct import hub as module_salle

from .fabriques_ateliers import faire_participant
from .test_direct_salle import dire, fusionner, ouvrir, recevoir, salle

__all__ = ["salle"]


def test_a_burst_gives_few_frames_and_ends_on_the_truth(serveur_local, salle):
    personne = faire_participant(salle)
    with ouvrir(serveur_local, salle) as prise:
        recevoir(prise)
        debut = time.monotonic()
        for rang in range(200):
            dire(salle, personne, rang)
        duree = time.monotonic() - debut
        etat, trames = suivre_jusqu_a_total(prise, 200)
    assert etat["propositions"]["total"] == 200
    assert len(trames) <= 4 * duree + 6


def suivre_jusqu_a_total(prise, total):
    etat, trames = {"seq": 0}, []
    while etat.get("propositions", {}).get("total") != total:
        trame = recevoir(prise)
        trames.append(trame)
        etat = fusionner(etat, trame)
    return etat, trames


def test_phones_wait_for_what_can_wait(serveur_local, salle):
    assert public.CADENCE["participants"] == 0.75
    personne = faire_participant(salle)
    debut = time.monotonic()
    with ouvrir(serveur_local, salle, "participants") as prise:
        recevoir(prise)
        dire(salle, personne)
        assert recevoir(prise)["propositions"]["total"] == 1
    assert time.monotonic() - debut > 0.7


def test_phones_do_not_wait_for_a_step(serveur_local, salle, monkeypatch):
    """With a cadence that would keep it for ten minutes, the step comes, and with it what was waiting."""
    monkeypatch.setitem(public.CADENCE, "participants", 600)
    with ouvrir(serveur_local, salle, "participants") as prise:
        recevoir(prise)
        dire(salle, faire_participant(salle))
        actions.ouvrir_etape(etape=salle.etapes.first(), par=None)
        trame = recevoir(prise)
    assert (trame["etape"]["nature"], trame["propositions"]["total"]) == ("ideation", 1)


def test_a_room_that_takes_long_to_render_is_told_less_often(serveur_local, salle, monkeypatch):
    debuts, rendre = [], cadres.rendre

    def peiner(*arguments):
        debuts.append(time.monotonic())
        time.sleep(0.15)
        return rendre(*arguments)

    monkeypatch.setattr(cadres, "rendre", peiner)
    with ouvrir(serveur_local, salle) as prise:
        for _tour in range(4):
            recevoir(prise)
            annonces.avancer(salle.pk)
            dire(salle, faire_participant(salle))
    ecarts = [suivant - debut for debut, suivant in pairwise(debuts[1:])]  # the first was for who came in
    assert min(ecarts) >= 0.15 * (1 + module_salle.REPOS)


def test_whoever_enters_is_told_the_state_at_once_and_not_at_the_next_tick(serveur_local, salle, monkeypatch):
    """With a tick that would keep them for ten minutes, and a room that has just moved."""
    monkeypatch.setattr(module_salle, "TICK", 600)
    monkeypatch.setitem(public.CADENCE, "projection", 0)
    with ouvrir(serveur_local, salle) as prise:
        recevoir(prise)
        dire(salle, faire_participant(salle))
        assert recevoir(prise)["propositions"]["total"] == 1  # the hub now rests
        with ouvrir(serveur_local, salle, "participants") as telephone:
            assert recevoir(telephone)["quoi"] == "etat"
