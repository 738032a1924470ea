"""What one broadcast costs the server: our hub, a bare uvicorn broadcaster and Channels' groups, in the same run.

One text of 600 bytes to N sockets, again and again, each time once everyone has it. The clients live in this
process, the server in its own, which counts its own CPU. Only handing a frame over is measured: rendering it is
a cost per room, not per socket, and is replaced by a constant here.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from statistics import median
from types import SimpleNamespace

from tests.serveurs import RACINE, arreter, port_libre

SOCKETS = 1000
TRAME = json.dumps({"quoi": "suite", "seq": 1, "depuis": 0, "x": "x" * 555}).ljust(600)
OCTETS = len(TRAME) + 4  # a WebSocket header of 4 bytes
COMMANDE = "python -m tests.charge"
#: What is read of each server, with its unit.
MESURES = (
    ("CPU per frame and socket", "µs"),
    ("memory per socket", "kB"),
    ("all sockets opened", "s"),
    ("one frame to all", "ms"),
)
_NOMS = ([nom for nom, _unite in MESURES], [unite for _nom, unite in MESURES])
FOULES = (2000, 5000)
TOURS = 5
#: Clients that stop reading, and broadcasts enough to fill what lies between the server and them.
DORMEURS, GAVAGE = 50, 600
#: How the hub's server writes to its sockets: as the product is started. The others: as uvicorn does.
PORTES = {"salle": "plateforme.sockets:Sockets"}
#: Broadcasts for each server; fewer where one takes a second.
ESSAIS = {"nu": 60, "salle": 60, "groupes": 8}
PATIENCE = 20  # seconds before giving a broadcast up


def mesurer(sockets=SOCKETS):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. About three minutes."""
    possibles = _sockets_possibles()
    return [*_comparer(min(sockets, possibles)), *_foules(possibles), *_dormeurs(min(sockets, possibles))]


def _foules(possibles):
    """More people than a room holds: the hub alone, compared with itself at SOCKETS."""
    base = asyncio.run(_mesurer("salle", min(SOCKETS, possibles), ESSAIS["salle"]))
    lignes = []
    for sockets in FOULES:
        if sockets > possibles:
            print(f"  This machine opens {possibles} files at most: {sockets} sockets were not measured.")
            continue
        lu = asyncio.run(_mesurer("salle", sockets, ESSAIS["salle"]))
        lignes += [
            _ligne(f"hub: {quoi}, {sockets} sockets", *chiffres)
            for quoi, *chiffres in zip(*_NOMS, lu, base, strict=True)
        ]
    return lignes


def _dormeurs(sockets):
    """Some clients stop reading for good: whether the others wait for them."""
    sans, avec = (asyncio.run(_mesurer("salle", sockets, GAVAGE, dormeurs=n)) for n in (0, DORMEURS))
    quoi = f"hub: one frame to all who read, {DORMEURS} of {sockets} not reading"
    return [_ligne(quoi, "ms", avec[-1], sans[-1])]


def _ligne(nom, unite, valeur, base):
    lignes = {"name": nom, "value": round(valeur, 2), "unit": unite, "baseline": round(base, 2)}
    return lignes | {"ratio": round(valeur / base, 2), "command": COMMANDE}


def _comparer(sockets):
    """The servers in turn, TOURS times (Channels' groups once: they are far behind). Medians, with the spread."""
    tours = {sorte: [] for sorte in ESSAIS}
    for tour in range(TOURS):
        for sorte in ESSAIS if tour == 0 else ("nu", "salle"):
            tours[sorte].append(asyncio.run(_mesurer(sorte, sockets, ESSAIS[sorte])))
    lus = {sorte: [median(lus) for lus in zip(*siens, strict=True)] for sorte, siens in tours.items()}
    noms = {"nu": "bare uvicorn broadcaster", "salle": "hub", "groupes": "Channels group_send, in-memory layer"}
    lignes = []
    for rang, (quoi, unite) in enumerate(MESURES):
        for sorte, nom in noms.items():
            valeur, base = lus[sorte][rang], lus["nu"][rang]
            etendue = _etendue([tour[rang] for tour in tours[sorte]], [tour[rang] for tour in tours["nu"]])
            lignes.append(_ligne(f"{nom}: {quoi}, {sockets} sockets{etendue}", unite, valeur, base))
    return lignes


def _etendue(valeurs, bases):
    """The lowest and the highest ratio of one round, in words; "" for a single one."""
    rapports = [valeur / base for valeur, base in zip(valeurs, bases, strict=False)]
    return f" (ratio {min(rapports):.2f} – {max(rapports):.2f})" if len(rapports) > 1 else ""


def _sockets_possibles():
    """Raise the limit of open files as far as allowed; return how many sockets fit."""
    _souple, dure = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (dure, dure))
    return dure - 100


class _Client(asyncio.Protocol):
    """A socket that counts the bytes it is given."""

    def __init__(self, chemin, pret):
        self.chemin, self.pret, self.octets = chemin, pret, None

    def dormir(self):
        self.transport.pause_reading()

    def connection_made(self, transport):
        self.transport = transport
        cle = b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {self.chemin} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {cle}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data):
        if self.octets is None:
            assert data.startswith(b"HTTP/1.1 101"), data[:200]
            self.octets = len(data.split(b"\r\n\r\n", 1)[1])
            self.pret.set_result(None)
        else:
            self.octets += len(data)


async def _mesurer(sorte, sockets, essais, dormeurs=0):
    """Return MESURES for one kind of server. `dormeurs`: how many clients stop reading once they are in."""
    port = port_libre()
    commande = [
        sys.executable,
        "-m",
        "uvicorn",
        f"tests.charge.diffusion:{sorte}",
        "--factory",
        "--port",
        str(port),
    ]
    commande += [
        "--ws",
        PORTES.get(sorte, "websockets-sansio"),
        "--ws-per-message-deflate",
        "false",
        "--log-level",
        "warning",
    ]
    environnement = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.reglages",
        "PYTHONPATH": f"{RACINE}:{RACINE}/site",
    }
    processus = subprocess.Popen(commande, cwd=RACINE, env={**environnement, "GERMOIR_SECRET_KEY": "charge" * 10})
    try:
        avant = await _attendre_le_serveur(port)
        arrivee = time.monotonic()
        clients = await _brancher(port, avant["chemin"], sockets)
        arrivee = time.monotonic() - arrivee
        await asyncio.sleep(1)
        depart = await _demander(port, "mesure")
        for client in clients[:dormeurs]:
            client.dormir()
        clients = clients[dormeurs:]
        await _diffuser(port, clients)  # the first one warms up
        debut = await _demander(port, "mesure")
        durees = sorted([await _diffuser(port, clients) for _essai in range(essais)])
        fin = await _demander(port, "mesure")
    finally:
        arreter(processus)
    cpu = (fin["cpu"] - debut["cpu"]) * 1e6 / (essais * sockets)
    return cpu, (depart["kB"] - avant["kB"]) / sockets, arrivee, durees[len(durees) // 2] * 1000


async def _attendre_le_serveur(port):
    limite = time.monotonic() + PATIENCE
    while True:
        try:
            return await _demander(port, "mesure")
        except OSError:
            if time.monotonic() > limite:
                raise
            await asyncio.sleep(0.2)


async def _demander(port, chemin):
    def lire():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{chemin}", timeout=PATIENCE) as reponse:
            return json.load(reponse)

    return await asyncio.to_thread(lire)


async def _brancher(port, chemin, sockets):
    """Open every socket at once, as a room does when its wifi comes back."""
    boucle = asyncio.get_running_loop()
    clients = [_Client(chemin, boucle.create_future()) for _rang in range(sockets)]
    await asyncio.gather(*(boucle.create_connection(lambda c=c: c, "127.0.0.1", port) for c in clients))
    await asyncio.gather(*(client.pret for client in clients))
    return clients


async def _diffuser(port, clients):
    """Ask for one broadcast, wait until every client has it (a lost frame ends the wait); return the seconds."""
    debut = time.monotonic()
    visees = [client.octets + OCTETS for client in clients]
    await _demander(port, "diffuser")
    while any(c.octets < vise for c, vise in zip(clients, visees, strict=True)):
        if time.monotonic() - debut > PATIENCE:
            break
        await asyncio.sleep(0.002)
    return time.monotonic() - debut


# The three servers, each in its own process.


def nu():
    """uvicorn alone: the sends of everyone in a set, awaited one after the other."""
    envois = set()

    async def socket(_scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        envois.add(send)
        while (await receive())["type"] != "websocket.disconnect":
            pass
        envois.discard(send)

    async def diffuser():
        message = {"type": "websocket.send", "text": TRAME}
        for envoi in list(envois):
            await envoi(message)

    return _serveur(socket, diffuser, "/")


def salle():
    """The product's own way in (routes, origin, token, consumer) and its hub; the rendering is a constant."""
    import django

    django.setup()
    from ateliers.direct import acces, cadres
    from ateliers.direct import hub as module
    from ateliers.identite import jeton_direct
    from plateforme.asgi import application

    cadres.rendre = lambda atelier_id, audiences: (0, {audience: {"etape": None} for audience in audiences})
    acces.acces_de = lambda ateliers: dict.fromkeys(ateliers, 0)
    module._sequences, module.presence.RYTHME = lambda ateliers: [], 3600

    async def diffuser():
        message = {"type": "websocket.send", "text": TRAME}
        for public in module.hub().publics.values():
            await module._donner(list(public.prises), message)

    jeton = jeton_direct("projection", SimpleNamespace(pk=1, acces=1))
    return _serveur(application, diffuser, f"/ws/a/AAAAAA/?pour=projection&jeton={jeton}")


def groupes():
    """Channels' usual way: every consumer in a group."""
    import django

    django.setup()
    from channels.generic.websocket import AsyncWebsocketConsumer
    from channels.layers import get_channel_layer

    class Consommateur(AsyncWebsocketConsumer):
        groups = ["tous"]

        async def dire(self, recu):
            await self.send(text_data=recu["texte"])

    async def diffuser():
        await get_channel_layer().group_send("tous", {"type": "dire", "texte": TRAME})

    return _serveur(Consommateur.as_asgi(), diffuser, "/")


def _serveur(socket, diffuser, chemin):
    """An ASGI application: sockets to `socket`, /diffuser and /mesure answered here."""

    async def application(scope, receive, send):
        if scope["type"] == "websocket":
            return await socket(scope, receive, send)
        if scope["path"] == "/diffuser":
            await diffuser()
        corps = json.dumps({"cpu": time.process_time(), "kB": _memoire(), "chemin": chemin}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        return await send({"type": "http.response.body", "body": corps})

    return application


def _memoire():
    """Resident memory of this process, in kB."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize() / 1024
