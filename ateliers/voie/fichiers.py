"""Files named by their content, kept in memory: each phone that comes in asks for thirty, all at the same time."""

import re
from collections import OrderedDict

IMMUABLE = re.compile(r"/static/.+\.[0-9a-f]{12}\.\w+")
#: Bytes of one file at most, and of all of them.
FICHIER_MAX, MEMOIRE_MAX = 512 * 1024, 32 * 1024 * 1024
_CONDITIONS = {b"range", b"if-none-match", b"if-modified-since"}


class FichiersGardes:
    """ASGI application: answers again what `application` answered once, for a file that will never change."""

    def __init__(self, application):
        self.application = application
        self._gardes, self._poids = OrderedDict(), 0

    async def __call__(self, scope, receive, send):
        cle = _cle(scope)
        if cle is None:
            return await self.application(scope, receive, send)
        if cle in self._gardes:
            self._gardes.move_to_end(cle)
            for message in self._gardes[cle]:
                await send(message)
            return None
        recus = []

        async def noter(message):
            recus.append(message)
            await send(message)

        await self.application(scope, receive, noter)
        return self._garder(cle, recus)

    def fermer(self):
        self.application.fermer()

    def _garder(self, cle, messages):
        poids = sum(len(message.get("body", b"")) for message in messages)
        if poids > FICHIER_MAX or not messages or not _se_garde(messages[0]) or cle in self._gardes:
            return
        corps = b"".join(message.get("body", b"") for message in messages)
        self._gardes[cle] = (messages[0], {"type": "http.response.body", "body": corps})
        self._poids += poids
        while self._poids > MEMOIRE_MAX:
            _cle, (_debut, fin) = self._gardes.popitem(last=False)
            self._poids -= len(fin["body"])


def _cle(scope):
    """What makes two requests get the same bytes, or None when this one is not for here."""
    if scope["type"] != "http" or scope["method"] != "GET" or not IMMUABLE.fullmatch(scope["path"]):
        return None
    entetes = dict(scope["headers"])
    if _CONDITIONS & entetes.keys():
        return None
    return scope["path"], entetes.get(b"accept-encoding", b""), entetes.get(b"host", b""), scope["scheme"]


def _se_garde(debut):
    entetes = {nom.lower(): valeur for nom, valeur in debut["headers"]}  # Django writes "Cache-Control"
    durable = b"immutable" in entetes.get(b"cache-control", b"")
    return debut["status"] == 200 and durable and b"set-cookie" not in entetes
