"""How the server runs the product: threads that are kept, and what starts and stops with it."""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings

from ateliers import identite
from consultation import guichet

#: Requests worked on at once by one process; the next ones wait their turn without holding anything. Threads share
#: one core: more of them would finish no sooner, and each keeps a connection and its cache (2 MB on SQLite).
FILS = 16
_CONNUS = (identite.COOKIE.encode() + b"=", settings.SESSION_COOKIE_NAME.encode() + b"=")


class Places:
    """A number of places, handed on in the order asked, but those already inside before those who come in.

    Newcomers never hold more than half: a crowd at the door does not keep waiting who votes, or comes back.
    """

    def __init__(self, nombre):
        self._libres, self._pour_venir = nombre, max(1, nombre // 2)
        self._dedans, self._dehors = deque(), deque()

    async def prendre(self, nouveau=False):
        tour = asyncio.get_running_loop().create_future()
        (self._dehors if nouveau else self._dedans).append(tour)
        self._servir()
        try:
            await tour
        except asyncio.CancelledError:
            if tour.done() and not tour.cancelled():
                self.rendre(nouveau)
            raise

    def rendre(self, nouveau=False):
        self._libres += 1
        self._pour_venir += nouveau
        self._servir()

    def _servir(self):
        while self._libres and (tour := self._suivant()):
            self._libres -= 1
            tour.set_result(None)

    def _suivant(self):
        """Take out whoever's turn it is; None when nobody can be served."""
        while self._dedans:
            if not (tour := self._dedans.popleft()).done():
                return tour
        while self._dehors and self._pour_venir:
            if not (tour := self._dehors.popleft()).done():
                self._pour_venir -= 1
                return tour
        return None


def _vient(scope):
    """Whether a request is from someone we do not know yet: neither a participant's phone nor an account."""
    cookies = dict(scope["headers"]).get(b"cookie", b"")
    return not any(nom in cookies for nom in _CONNUS)


class FilsGardes:
    """Serve each request in a thread that outlives it, and so with a database connection that is kept.

    Django would give each request a thread of its own, and throw it away with its connection: on SQLite the whole
    schema is then read again each time, on PostgreSQL a new server process is started.
    """

    def __init__(self, application, fils=FILS):
        self.application = application
        self._places, self._libres = Places(fils), []

    async def __call__(self, scope, receive, send):
        recu = await receive()
        if recu.get("more_body"):  # a long upload: it may be slow, and must not keep a place
            await self.application(scope, _rejouer(recu, receive), send)
            return
        nouveau = _vient(scope)
        await self._places.prendre(nouveau)
        fil = self._libres.pop() if self._libres else ThreadPoolExecutor(1, thread_name_prefix="requete")
        rendu = False

        def rendre():
            nonlocal rendu
            if not rendu:
                rendu = True
                self._libres.append(fil)
                self._places.rendre(nouveau)

        async def envoyer(message):
            rendre()  # the page is made; a phone that reads it slowly must not keep a place either
            await send(message)

        try:
            async with ThreadSensitiveContext(executor=fil):
                await self.application(scope, _rejouer(recu, receive), envoyer)
        finally:
            rendre()

    def fermer(self):
        """Let the idle threads go, and their connections with them: after the last request."""
        while self._libres:
            self._libres.pop().shutdown(wait=False)


def _rejouer(recu, receive):
    """Return a `receive` that gives first what was already taken."""
    restes = [recu]

    async def suivant():
        return restes.pop() if restes else await receive()

    return suivant


class Vie:
    """The ASGI lifespan: the writer opens with the server, and is emptied before it ends."""

    def __init__(self, application):
        """`application`: what answers requests; it has a `fermer`, called after the last one."""
        self.application = application

    async def __call__(self, _scope, receive, send):
        await receive()
        guichet.ouvrir()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await asyncio.to_thread(guichet.fermer)
        self.application.fermer()
        await send({"type": "lifespan.shutdown.complete"})
