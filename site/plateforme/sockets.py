"""How uvicorn writes to a socket, where one frame goes to a whole room: it is made once, not once a socket.

Started with `--ws plateforme.sockets:Sockets`. With `--ws websockets-sansio` everything works the same, and costs
more (docs/decisions/0095).
"""

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State

#: Where a message that is given to several sockets keeps its frame.
TRAME = "germoir.trame"


class Sockets(WebSocketsSansIOProtocol):
    async def send(self, message):
        """Write a text; anything else, and what is not plainly open, is uvicorn's. Raises ClientDisconnected."""
        texte = message.get("text")
        if texte is None or not self.handshake_complete or self.close_sent or self.conn.extensions:
            return await super().send(message)
        if not self.writable.is_set():
            await self.writable.wait()
        if self.disconnected or self.conn.state is not State.OPEN:
            raise ClientDisconnected
        trame = message.get(TRAME)
        if trame is None:
            trame = message[TRAME] = Frame(Opcode.TEXT, texte.encode()).serialize(mask=False)
        return self.transport.write(trame)
