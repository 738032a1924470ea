"""A frame that goes to a whole room is made once, and is the one that uvicorn would have made for each."""

import asyncio

import pytest
import uvicorn
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from plateforme.sockets import TRAME, Sockets

BONJOUR = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
)
DEFLATE = b"Sec-WebSocket-Extensions: permessage-deflate\r\n"
#: A close frame of the client, its mask of zeros.
ADIEU = bytes([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8])


class Fil(asyncio.Transport):
    """Where the server writes: what it wrote is kept."""

    def __init__(self):
        super().__init__()
        self.ecrit = b""

    def write(self, data):
        self.ecrit += data

    def is_closing(self):
        return False

    def close(self):
        pass

    def pause_reading(self):
        pass


async def brancher(sorte, deflate=False):
    """Return (protocol, what it writes to), past the handshake."""

    async def application(_scope, _receive, send):
        await send({"type": "websocket.accept"})
        await asyncio.Event().wait()

    config = uvicorn.Config(application, ws_per_message_deflate=deflate, log_level="critical", lifespan="off")
    config.load()
    protocole, fil = sorte(config, ServerState(), {}), Fil()
    protocole.connection_made(fil)
    protocole.data_received(BONJOUR + (DEFLATE if deflate else b"") + b"\r\n")
    while not protocole.handshake_complete:
        await asyncio.sleep(0)
    protocole.stop_keepalive()
    fil.ecrit = b""
    return protocole, fil


async def ecrire(sorte, *messages, deflate=False):
    protocole, fil = await brancher(sorte, deflate)
    for message in messages:
        await protocole.send(message)
    return fil.ecrit


@pytest.mark.parametrize("texte", ["", "Déjà vu ✓", "x" * 126, "é" * 40_000])
async def test_a_text_goes_out_as_uvicorn_writes_it_and_is_made_once_for_all(texte):
    message = {"type": "websocket.send", "text": texte}
    attendu = await ecrire(WebSocketsSansIOProtocol, message)
    assert [await ecrire(Sockets, message), await ecrire(Sockets, message)] == [attendu, attendu]
    autre = {"type": "websocket.send", "text": "Autre chose", TRAME: message[TRAME]}
    assert await ecrire(Sockets, autre) == attendu


@pytest.mark.parametrize(
    ("message", "deflate"),
    [({"type": "websocket.send", "bytes": b"abc"}, False), ({"type": "websocket.send", "text": "x" * 99}, True)],
)
async def test_bytes_and_compressed_texts_are_left_to_uvicorn(message, deflate):
    attendu = await ecrire(WebSocketsSansIOProtocol, dict(message), deflate=deflate)
    assert (await ecrire(Sockets, message, deflate=deflate), TRAME in message) == (attendu, False)


@pytest.mark.parametrize("fin", ["connection_lost", "close frame"])
async def test_who_is_gone_or_going_is_said_as_uvicorn_says_it(fin):
    for sorte in (WebSocketsSansIOProtocol, Sockets):
        protocole, fil = await brancher(sorte)
        if fin == "connection_lost":
            protocole.connection_lost(None)
        else:
            protocole.data_received(ADIEU)
        fil.ecrit = b""
        with pytest.raises(ClientDisconnected):
            await protocole.send({"type": "websocket.send", "text": "Trop tard"})
        assert fil.ecrit == b""


async def test_a_full_buffer_is_waited_for():
    protocole, fil = await brancher(Sockets)
    protocole.pause_writing()
    envoi = asyncio.ensure_future(protocole.send({"type": "websocket.send", "text": "Attendu"}))
    await asyncio.sleep(0)
    assert (envoi.done(), fil.ecrit) == (False, b"")
    protocole.resume_writing()
    await envoi
    assert fil.ecrit.endswith(b"Attendu")
