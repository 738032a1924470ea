"""What breaks in a room, on real servers: killed in a spike of votes, a base or a Redis that comes and goes."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import time

import httpx
import pytest
from websockets.sync.client import connect

from tests import serveurs
from tests.charge import votes
from tests.patience import PATIENCE

pytestmark = pytest.mark.services

#: Times the server is killed; GERMOIR_MORTS=20 for a long run.
MORTS = int(os.environ.get("GERMOIR_MORTS", "3"))
PHONES = 60


@pytest.fixture(scope="module")
def salle_prete(base_modele, tmp_path_factory):
    dossier = tmp_path_factory.mktemp("salle")
    base = shutil.copy(base_modele, dossier / "germoir.sqlite3")
    return votes.preparer(f"sqlite:///{base}", dossier, PHONES) | {"base": base}


@pytest.fixture
def salle(salle_prete, tmp_path):
    """The room, in a base of the test's own."""
    base = shutil.copy(salle_prete["base"], tmp_path / "germoir.sqlite3")
    return salle_prete | {"base": base, "url": f"sqlite:///{base}"}


class Processus:
    """A server that can be killed and started again on the same port."""

    def __init__(self, salle, dossier, redis_url=""):
        self.port, self.salle, self.dossier, self.redis_url = serveurs.port_libre(), salle, dossier, redis_url

    def lancer(self):
        commande = [*serveurs.COMMANDE, "--port", str(self.port), "--log-level", "warning"]
        self.journal = self.dossier / "serveur.txt"
        env = serveurs._environnement(self.salle["url"], self.redis_url, "tests.reglages")
        self.processus = serveurs.demarrer(commande, env, self.journal)
        serveurs._attendre(f"http://127.0.0.1:{self.port}", self.processus, self.journal)

    def tuer(self):
        self.processus.send_signal(signal.SIGKILL)
        self.processus.wait()

    def arreter(self):
        if self.processus.poll() is None:
            serveurs.arreter(self.processus)


@pytest.fixture
def serveur(salle, tmp_path):
    lance = Processus(salle, tmp_path)
    lance.lancer()
    yield lance
    lance.arreter()


def phones(serveur, salle):
    return [votes.Telephone(serveur.port, salle, rang) for rang in range(PHONES)]


async def tous(telephones):
    """Everyone votes at once; return the phones by what they were answered."""
    reponses = await asyncio.gather(*(phone.voter() for phone in telephones))
    par_statut = {}
    for phone, (statut, _duree) in zip(telephones, reponses, strict=True):
        par_statut.setdefault(statut, []).append(phone)
    for phone in telephones:
        phone.fermer()
        phone.flux = None
    return par_statut


def test_a_server_killed_in_a_spike_loses_no_acknowledged_vote_and_counts_each_once(serveur, salle):
    async def mourir(telephones, delai):
        envoi = asyncio.create_task(tous(telephones))
        await asyncio.sleep(delai)
        await asyncio.to_thread(serveur.tuer)
        return await envoi

    acquis, restants, coupes, morts = set(), phones(serveur, salle), 0, 0
    while morts < MORTS or not coupes:  # else nothing was killed in the middle of anything: sooner, then
        morts += 1
        assert morts < MORTS + 20
        rendus = asyncio.run(mourir(restants, 0.1 * (1 + morts % 5) / (1 + morts // MORTS)))
        assert set(rendus) <= {200, None}
        coupes += len(rendus.get(None, []))
        acquis |= {phone.moi for phone in rendus.get(200, [])}
        assert acquis <= votes.votants(salle["base"])
        serveur.lancer()
        # Some of those without an answer are in the base: sent again with the same key, they change nothing.
        restants = rendus.get(None, []) or phones(serveur, salle)
    assert set(asyncio.run(tous(phones(serveur, salle)))) == {200}
    attendu = {"bulletins": PHONES, "points": PHONES * votes.POINTS, "decompte": PHONES * votes.POINTS}
    assert votes.lire_la_base(salle["base"]) == attendu
    assert votes.actes(salle["base"]) == PHONES


def test_a_server_asked_to_stop_in_a_spike_answers_everyone_it_has_heard(serveur, salle):
    async def arreter(telephones):
        envoi = asyncio.create_task(tous(telephones))
        await asyncio.sleep(0.3)
        await asyncio.to_thread(serveurs.arreter, serveur.processus)
        return await envoi

    rendus = asyncio.run(arreter(phones(serveur, salle)))
    assert {phone.moi for phone in rendus.get(200, [])} == votes.votants(salle["base"])


def test_every_post_delivered_three_times_counts_once(serveur, salle):
    rendus = asyncio.run(tous([phone for phone in phones(serveur, salle) for _fois in range(3)]))
    assert {statut: len(les) for statut, les in rendus.items()} == {200: PHONES * 3}
    assert (votes.lire_la_base(salle["base"])["bulletins"], votes.actes(salle["base"])) == (PHONES, PHONES)


def test_sockets_that_vanish_or_never_read_delay_nobody(serveur, salle):
    chemin = f"/ws/a/{salle['code']}/?pour=projection&jeton={salle['projection']}"
    muettes = []
    for _rang in range(200):
        prise = socket.create_connection(("127.0.0.1", serveur.port), timeout=PATIENCE)
        prise.sendall(
            f"GET {chemin} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        if len(muettes) < 50:
            muettes.append(prise)  # stays, and reads nothing
        else:
            prise.close()
    with connect(f"ws://127.0.0.1:{serveur.port}{chemin}", proxy=None) as ecran:
        ecran.recv(timeout=PATIENCE)
        assert set(asyncio.run(tous(phones(serveur, salle)))) == {200}
        assert _attendre_votants(ecran, PHONES)
    for prise in muettes:
        prise.close()
    assert (
        httpx.get(f"http://127.0.0.1:{serveur.port}/a/{salle['code']}/etat.json", timeout=PATIENCE).status_code
        == 200
    )


def _attendre_votants(ecran, n, delai=PATIENCE):
    fin = time.monotonic() + delai
    while time.monotonic() < fin:
        scrutin = json.loads(ecran.recv(timeout=delai)).get("scrutin")
        if scrutin and scrutin["votants"] == n:
            return True
    return False


def test_redis_stopped_and_started_again_costs_no_vote(salle, tmp_path):
    if not serveurs.programme("redis-server"):
        pytest.skip("Redis is not installed: sudo apt-get install redis-server")
    port = serveurs.port_libre()
    serveur = Processus(salle, tmp_path, f"redis://127.0.0.1:{port}/0")
    with contextlib.ExitStack() as pile, contextlib.ExitStack() as premier:
        premier.enter_context(serveurs.lancer_redis(tmp_path, port))
        serveur.lancer()
        pile.callback(serveur.arreter)
        gens = phones(serveur, salle)
        assert set(asyncio.run(tous(gens[:20]))) == {200}
        premier.close()
        assert set(asyncio.run(tous(gens[20:40]))) == {200}
        pile.enter_context(serveurs.lancer_redis(tmp_path, port))
        assert set(asyncio.run(tous(gens[40:]))) == {200}
    assert votes.lire_la_base(salle["base"])["bulletins"] == PHONES
