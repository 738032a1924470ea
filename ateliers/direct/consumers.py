"""The socket of a room: state comes down, nothing goes up but a tiny sign of life."""

import asyncio
from urllib.parse import parse_qs

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer

from consultation.textes import entier

from ..identite import verifier_jeton
from .cadres import AUDIENCES
from .hub import hub
from .prise import Prise
from .public import Quoi, message

#: Seconds between two answers to a client's "ping".
PONG = 5.0
#: Signs of life taken between two answers: a client of ours gives one in a while, a thousand are an attack.
PINGS_MAX = 60
#: WebSocket close code for a message that no client of ours sends.
HORS_REGLE = 1008


class DirectConsumer(AsyncConsumer):
    """Belongs to no group (see `salle`), and asks the base nothing: its token says who may hear what."""

    channel_layer_alias = None
    prise = None
    pings = 0

    async def __call__(self, scope, receive, send):
        """Take messages one by one: with no channel to listen to, a task for each is not needed."""
        self.scope, self.base_send = scope, send
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            return
        except asyncio.CancelledError:
            if self.prise is None or not self.prise.lachee:
                raise
        finally:
            self._sortir()

    async def dispatch(self, recu):
        """Straight to the method: nothing here touches the database, so no connection is to be looked after."""
        await getattr(self, recu["type"].replace(".", "_"))(recu)

    async def websocket_connect(self, _recu):
        demande = parse_qs(self.scope["query_string"].decode("latin-1"))
        pour = demande.get("pour", [""])[0]
        jeton = verifier_jeton(demande.get("jeton", [""])[0])
        if jeton is None or pour not in AUDIENCES or jeton.audience != pour:
            await self.send({"type": "websocket.close"})
            return
        porte = hub()
        if not await porte.admet(jeton):
            porte.arreter_si_vide()
            await self.send({"type": "websocket.close"})
            return
        await self.send({"type": "websocket.accept"})
        self.hub = hub()  # meanwhile the last of the others may have left, and that one is stopped
        self.prise = Prise(self.base_send, asyncio.current_task(), jeton)
        self.hub.entrer(self.prise, jeton.atelier_id, pour, entier(demande.get("seq", [""])[0]))

    async def websocket_receive(self, recu):
        if self.prise is None:
            return
        self.pings += 1
        heure = asyncio.get_running_loop().time()
        if recu.get("text") != "ping" or self.pings > PINGS_MAX:
            await self.send({"type": "websocket.close", "code": HORS_REGLE})
            raise StopConsumer  # what came behind it is not read
        if heure - self.prise.pong_le >= PONG:
            self.pings, self.prise.pong_le = 0, heure
            self.prise.envoyer(message(Quoi.PONG))

    async def websocket_disconnect(self, _recu):
        raise StopConsumer

    def _sortir(self):
        if self.prise is not None:
            self.hub.sortir(self.prise)
            self.prise = None
