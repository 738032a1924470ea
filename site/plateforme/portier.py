"""At the door of the sockets: who asks for something that is not there is told no, and leaves no trace."""

from urllib.parse import urlsplit

from channels.security.websocket import OriginValidator


async def refuser(_scope, receive, send):
    """ASGI application of a socket that is never opened: the handshake answers 403."""
    await receive()
    await send({"type": "websocket.close"})


class Origines(OriginValidator):
    """Channels' check, to which an origin that is no address is one more stranger, and no error."""

    async def __call__(self, scope, receive, send):
        suite = self.application if self._permise(scope) else refuser
        return await suite(scope, receive, send)

    def _permise(self, scope):
        entetes = dict(scope["headers"])
        try:
            origine = urlsplit(entetes[b"origin"].decode("latin1")) if b"origin" in entetes else None
            return self.valid_origin(origine)
        except ValueError:
            return False
