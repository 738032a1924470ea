"""PostgreSQL and Redis by their two addresses alone: two server processes, one vote."""

import asyncio
import json
import os
import subprocess

import httpx
import pytest
from websockets.sync.client import connect

from tests import serveurs
from tests.charge import votes
from tests.patience import PATIENCE, attendre

pytestmark = pytest.mark.services

PHONES = 40


@pytest.fixture(scope="module")
def deux(cluster, redis_url, tmp_path_factory):
    """Two servers, and as many rooms as there are tests."""
    url, dossier = cluster[0], tmp_path_factory.mktemp("deux")
    salles = votes.preparer(url, dossier, 2 * PHONES, 2)
    with (
        serveurs.lancer(url, dossier, redis_url=redis_url) as un,
        serveurs.lancer(url, dossier, redis_url=redis_url) as autre,
    ):
        yield salles, (un, autre)


def voter(salle, serveurs_, rangs):
    """Everyone votes at once, each through one server or the other. Return the set of statuses."""

    async def tous():
        gens = [votes.Telephone(_port(serveurs_[rang % 2]), salle, rang) for rang in rangs]
        return await asyncio.gather(*(phone.voter() for phone in gens))

    return {statut for statut, _duree in asyncio.run(tous())}


def _port(serveur):
    return int(serveur.url.rsplit(":", 1)[1])


def votants(serveur, salle):
    """How many have voted, as this server tells it."""
    etat = httpx.get(f"{serveur.url}/a/{salle['code']}/etat.json?pour=projection", timeout=PATIENCE).json()
    return etat["scrutin"]["votants"]


def test_a_vote_played_on_two_processes_is_one_vote_on_both_screens(deux):
    (salle, _reste), (un, autre) = deux
    chemin = f"/ws/a/{salle['code']}/?pour=projection&jeton={salle['projection']}"
    with connect(un.ws + chemin, proxy=None) as ici, connect(autre.ws + chemin, proxy=None) as ailleurs:
        assert voter(salle, (un, autre), range(PHONES)) == {200}
        assert [attendre_votants(ecran, PHONES) for ecran in (ici, ailleurs)] == [True, True]
    # The same ballots by the other door: one act each, whichever process heard it.
    assert voter(salle, (autre, un), range(PHONES)) == {200}
    assert (votants(un, salle), votants(autre, salle)) == (PHONES, PHONES)


def test_postgresql_restarted_costs_no_vote(deux, cluster):
    (_reste, salle), lances = deux
    assert voter(salle, lances, range(20)) == {200}
    _url, dossier = cluster
    try:
        pg_ctl("restart", dossier)
        attendre(lambda: voter(salle, lances, range(20, PHONES)) == {200})
        assert votants(lances[0], salle) == PHONES
    finally:
        pg_ctl("stop", dossier)


def pg_ctl(ordre, dossier):
    qui = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    commande = [*qui, serveurs.programme("pg_ctl"), ordre, "-D", f"{dossier}/pg", "-m", "fast", "-w", "-l"]
    subprocess.run([*commande, "/dev/null"], check=True, stdout=subprocess.DEVNULL, cwd="/")


def attendre_votants(ecran, n):
    while True:
        scrutin = json.loads(ecran.recv(timeout=PATIENCE)).get("scrutin")
        if scrutin and scrutin["votants"] == n:
            return True
