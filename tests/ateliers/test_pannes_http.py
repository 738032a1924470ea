"""What may come to the port that is no request: it is refused or left waiting, and pages go on being served."""

import shutil
import time

import httpx
import pytest

from tests import serveurs
from tests.patience import PATIENCE, attendre

from . import brut

pytestmark = pytest.mark.services

HOTE = b"Host: 127.0.0.1\r\n"
FORMULAIRE = b"POST /rejoindre/ HTTP/1.1\r\n" + HOTE + b"Content-Type: application/x-www-form-urlencoded\r\n"
#: What is sent, and the statuses that may answer it.
DEMANDES = {
    "noise": (bytes(range(255, -1, -1)) * 20, {400}),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), {400}),
    "address of 1 MB": (b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOTE + b"\r\n", {400}),
    "header of 1 MB": (
        b"GET /rejoindre/ HTTP/1.1\r\n" + HOTE + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
        {200, 400},
    ),
    "unknown verb": (b"FOO BAR BAZ\r\n\r\n", {400}),
    "zero in the address": (b"GET /\x00\xff HTTP/1.1\r\n" + HOTE + b"\r\n", {400}),
    "zero in the code": (b"GET /a/%ff%00/ HTTP/1.1\r\n" + HOTE + b"\r\n", {404}),
    "host that is none": (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", {400}),
    "negative length": (FORMULAIRE + b"Content-Length: -5\r\n\r\n", {400}),
    "two lengths": (FORMULAIRE + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", {400}),
    "bad chunk": (FORMULAIRE + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", {400}),
    "unknown charset": (
        FORMULAIRE.replace(b"ncoded", b"ncoded; charset=zz") + b"Content-Length: 3\r\n\r\na=b",
        {403},
    ),
    "socket without its key": (
        b"GET /ws/a/X/ HTTP/1.1\r\n" + HOTE + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        {400},
    ),
}


@pytest.fixture(scope="module")
def serveur(base_modele, tmp_path_factory):
    dossier = tmp_path_factory.mktemp("http")
    base = shutil.copy(base_modele, dossier / "germoir.sqlite3")
    with serveurs.lancer(f"sqlite:///{base}", dossier, options=("--log-level", "warning")) as lance:
        yield lance
        assert "Traceback" not in lance.journal


def port(serveur):
    return int(serveur.url.rsplit(":", 1)[1])


def une_page_vient_vite(serveur):
    """Whether a page comes in less than five seconds, once in five: the machine may stall during the others."""
    return any(duree_d_une_page(serveur) < 5 for _essai in range(5))


def duree_d_une_page(serveur):
    debut = time.monotonic()
    assert httpx.get(f"{serveur.url}/rejoindre/", timeout=PATIENCE).status_code == 200
    return time.monotonic() - debut


@pytest.mark.parametrize("nom", DEMANDES)
def test_what_is_no_request_is_refused_in_one_answer(serveur, nom):
    octets, attendus = DEMANDES[nom]
    with brut.brancher(port(serveur)) as prise:
        recu, _ferme = brut.envoyer_et_lire(prise, octets, 0.5)
    statut = int(recu.split()[1]) if recu else None
    assert statut in attendus | ({None} if len(octets) > 100_000 else set())  # None: reset while it was sending
    assert une_page_vient_vite(serveur)


@pytest.mark.parametrize(
    ("nombre", "debut"),
    [
        (200, b"GET /ws/a/K7P4M2/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgr"),
        (60, FORMULAIRE + b"Content-Length: 100000\r\n\r\n"),
        (60, FORMULAIRE + b"Content-Length: 100000\r\n\r\ncode=AB"),
    ],
    ids=["handshakes never finished", "forms never begun", "forms never finished"],
)
def test_what_is_never_finished_holds_nobody_and_goes_with_its_connection(serveur, nombre, debut):
    avant = brut.prises_ouvertes(serveur.pid)  # some of earlier tests may still be closing
    prises = [brut.brancher(port(serveur)) for _rang in range(nombre)]
    for prise in prises:
        prise.sendall(debut)
    attendre(lambda: brut.prises_ouvertes(serveur.pid) >= nombre)
    assert une_page_vient_vite(serveur)
    for prise in prises:
        brut.disparaitre(prise)
    attendre(lambda: brut.prises_ouvertes(serveur.pid) <= avant)
