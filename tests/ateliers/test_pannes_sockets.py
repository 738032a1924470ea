"""What sockets may send or do that no phone of ours does: they go, the others hear the room, nothing is left."""

import gc
import json
import shutil
import struct
import threading
import time

import httpx
import pytest
from websockets.sync.client import connect

from ateliers.direct import hub as module_salle
from ateliers.direct.consumers import PINGS_MAX
from ateliers.direct.prise import Prise
from ateliers.identite import jeton_direct
from tests import serveurs
from tests.charge import votes
from tests.patience import PATIENCE

from . import brut
from .brut import trame
from .conftest import attendre
from .fabriques_ateliers import faire_atelier, faire_etapes

pytestmark = pytest.mark.services

TEXTE, OCTETS, SUITE, FERME, PING, PONG = 1, 2, 0, 8, 9, 10
MAL_FORMEES = {
    "too long": trame(TEXTE, b"p" * 5000),
    "far too long": trame(TEXTE, b"p" * 1_000_000),
    "claims to hold 4 exabytes": trame(TEXTE, b"p", longueur=2**62),
    "too long in pieces": trame(TEXTE, b"p", fin=False) + trame(SUITE, b"p" * 50, fin=False) * 100,
    "unknown kind": trame(3, b"x"),
    "reserved bits": trame(TEXTE, b"ping", reserve=0x40),
    "not masked": trame(TEXTE, b"ping", masque=False),
    "not UTF-8": trame(TEXTE, b"\xff\xfe\xfa"),
    "end of nothing": trame(SUITE, b"ng"),
    "close reason of 100 kB": trame(FERME, struct.pack("!H", 1000) + b"r" * 100_000),
    "close code 0": trame(FERME, b"\0\0"),
    "close reason not UTF-8": trame(FERME, struct.pack("!H", 1000) + b"\xff"),
    "long control frame": trame(PING, b"x" * 200),
    "control frame in pieces": trame(PING, b"x", fin=False),
    "HTTP": b"GET / HTTP/1.1\r\n\r\n",
    "noise": bytes(range(255, -1, -1)) * 12,
}
HORS_REGLE = {
    "another word": trame(TEXTE, b"voter"),
    "a hundred other words": trame(TEXTE, b"voter") * 100,
    "bytes": trame(OCTETS, b"ping"),
    "a thousand signs of life": trame(TEXTE, b"ping") * 1000,
}


class Salle:
    def __init__(self, serveur, salle):
        self.serveur, self.port, self.votes = serveur, int(serveur.url.rsplit(":", 1)[1]), salle
        self.chemin = f"/ws/a/{salle['code']}/?pour=projection&jeton={salle['projection']}"
        self.rang, self.repos = 0, brut.prises_ouvertes(serveur.pid)

    def ouvrir(self):
        return brut.ouvrir(self.port, self.chemin)

    def voisin(self):
        """A projector that behaves, with the state it heard first."""
        ecran = connect(self.serveur.ws + self.chemin, proxy=None, legacy=True)
        ecran.recv(timeout=PATIENCE)
        return ecran

    def bouger(self):
        """Someone else votes, by plain HTTP. Return how many have voted."""
        salle, rang = self.votes, self.rang
        self.rang += 1
        champs = {"csrfmiddlewaretoken": "x" * 32, "cle": f"k{rang}", f"piste-{salle['pistes'][0]}": 1}
        cookies = {"csrftoken": "x" * 32, "germoir_participant": salle["cookies"][rang]}
        adresse = f"{self.serveur.url}/a/{salle['code']}/voter/"
        reponse = httpx.post(
            adresse, data=champs, cookies=cookies, headers={"accept": "application/json"}, timeout=PATIENCE
        )
        assert reponse.status_code == 200
        return self.rang


@pytest.fixture(scope="module")
def salle(base_modele, tmp_path_factory):
    dossier = tmp_path_factory.mktemp("sockets")
    base = shutil.copy(base_modele, dossier / "germoir.sqlite3")
    url = f"sqlite:///{base}"
    preparee = votes.preparer(url, dossier, 20)
    with serveurs.lancer(url, dossier, options=("--log-level", "warning")) as serveur:
        yield Salle(serveur, preparee)


@pytest.fixture(autouse=True)
def _sans_trace(request):
    yield
    if "salle" in request.fixturenames:
        assert "Traceback" not in request.getfixturevalue("salle").serveur.journal


def votants(ecran, n):
    """Whether the screen hears that `n` have voted."""
    fin = time.monotonic() + PATIENCE
    while (reste := fin - time.monotonic()) > 0:
        try:
            scrutin = json.loads(ecran.recv(timeout=reste)).get("scrutin")
        except TimeoutError:
            break
        if scrutin and scrutin["votants"] == n:
            return True
    return False


def test_malformed_frames_close_their_socket_and_no_other(salle):
    voisin = salle.voisin()
    fermees = {}
    for nom, octets in MAL_FORMEES.items():
        with salle.ouvrir() as prise:
            fermees[nom] = brut.envoyer_et_lire(prise, octets)[1]
    assert fermees == dict.fromkeys(MAL_FORMEES, True)
    n = salle.bouger()
    assert votants(voisin, n)
    voisin.close()


def test_what_no_client_of_ours_says_is_answered_by_1008(salle):
    codes = {}
    for nom, octets in HORS_REGLE.items():
        with salle.ouvrir() as prise:
            codes[nom] = brut.code_de_fin(brut.envoyer_et_lire(prise, octets, assez=brut.code_de_fin)[0])
    assert codes == dict.fromkeys(HORS_REGLE, 1008)


def test_a_thousand_messages_a_second_are_cut_short_and_the_others_hear_the_room(salle):
    voisin, envoyes, fini = salle.voisin(), [], threading.Event()

    def inonder():
        prise = salle.ouvrir()
        try:
            while not fini.wait(0.01):
                prise.sendall(trame(TEXTE, b"ping") * 10)
                envoyes.append(10)
        except OSError:
            pass
        envoyes.append(brut.code_de_fin(brut.envoyer_et_lire(prise, b"", assez=brut.code_de_fin)[0]))

    fils = [threading.Thread(target=inonder) for _rang in range(3)]
    for fil in fils:
        fil.start()
    time.sleep(0.5)
    entendu = votants(voisin, salle.bouger())
    fini.set()
    for fil in fils:
        fil.join()
    voisin.close()
    codes = [code for code in envoyes if code != 10]
    assert (entendu, codes) == (True, [1008] * 3)
    assert sum(n for n in envoyes if n == 10) > 3 * PINGS_MAX


def test_an_address_with_anything_in_it_opens_the_room_or_is_refused(salle):
    demandes = {
        (f"{salle.chemin}&seq={'9' * 5000}",): 101,
        (f"{salle.chemin}&seq=%C2%B2",): 101,
        (f"{salle.chemin}&seq=-1&seq=%ff",): 101,
        (salle.chemin, "Origin: http://[zz"): 403,
        ("/ws/a/",): 403,
        ("/",): 403,
    }
    for demande, attendu in demandes.items():
        with brut.brancher(salle.port) as prise:
            prise.sendall(brut.poignee(*demande))
            assert (demande, int(prise.recv(4096).split()[1])) == (demande, attendu)


def test_a_thousand_sockets_that_vanish_leave_neither_descriptors_nor_memory(salle):
    tailles = []
    for _vague in range(2):  # a process keeps what its busiest moment took: the second must take no more
        prises = brut.ouvrir_ensemble(salle.port, salle.chemin, 1000)
        assert brut.prises_ouvertes(salle.serveur.pid) >= 1000
        for prise in prises:
            brut.disparaitre(prise)
        attendre(lambda: brut.prises_ouvertes(salle.serveur.pid) <= salle.repos)
        tailles.append(brut.memoire(salle.serveur.pid))
    assert tailles[1] - tailles[0] < 10  # MB; a thousand that stayed would take 25


def test_vanished_sockets_leave_the_hub_empty(serveur_local):
    atelier = faire_atelier()
    faire_etapes(atelier)
    chemin = f"/ws/a/{atelier.code}/?pour=participants&jeton={jeton_direct('participants', atelier)}"
    prises = brut.ouvrir_ensemble(serveur_local.port, chemin, 200)
    attendre(lambda: [len(p.prises) for hub in module_salle._hubs.values() for p in hub.publics.values()] == [200])
    for prise in prises:
        brut.disparaitre(prise)
    attendre(lambda: not module_salle._hubs)
    attendre(lambda: gc.collect() >= 0 and not [objet for objet in gc.get_objects() if type(objet) is Prise])
