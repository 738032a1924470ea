"""The worker killed as a plugged-out machine would: nobody twice, nobody forgotten, and the proof says so."""

import os
import random
import signal
import time
from collections import Counter

from django.db import connection

from courrier.depart import avancer
from courrier.models import Envoi
from tests.contenus.fabriques_contenus import poser_arborescence
from tests.patience import PATIENCE

from .fabriques_courrier import creer_abonnes, creer_numero
from .test_envoi import parti, plus_tard


def test_killed_twenty_times_nobody_is_written_to_twice_and_the_proof_is_the_log_of_the_server(
    base_du_serveur, boite
):
    poser_arborescence()
    creer_abonnes(160, domaines=40)
    envoi = parti(creer_numero())
    tirage = random.Random(20)
    for _n in range(20):
        tue = _travailler()
        time.sleep(tirage.uniform(0.01, 0.08))
        os.kill(tue, signal.SIGKILL)
        os.waitpid(tue, 0)
        plus_tard(minutes=6)
    fin = time.monotonic() + PATIENCE
    while Envoi.objects.get().etat != "fini" and time.monotonic() < fin:
        plus_tard(minutes=6)
        avancer()
    remises_, sans = (
        set(envoi.destinataires.filter(etat=e).values_list("courriel", flat=True)) for e in ("remise", "sans")
    )
    recus = Counter(boite.adresses)
    assert set(recus.values()) == {1}  # doubled: none, by any road
    assert (len(remises_) + len(sans), remises_ - set(recus), set(recus) - remises_ - sans) == (160, set(), set())
    assert len(sans) <= 20  # at most the one that each killed worker had in hand: all the others were written to


def _travailler():
    """The worker's own tour, in a process of its own that shares nothing but the base; return its number."""
    connection.close()
    tue = os.fork()
    if tue == 0:
        try:
            avancer()
        finally:
            os._exit(0)
    return tue
