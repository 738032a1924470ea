"""How the server runs the product: threads that are kept, and what starts and stops with it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import ThreadSensitiveContext

from consultation import guichet

#: Requests worked on at once by one process; the next ones wait their turn without holding anything.
FILS = 32


class FilsGardes:
    """Serve each request in a thread that outlives it, and so with a database connection that is kept.

    Django would give each request a thread of its own, and throw it away with its connection: on SQLite the whole
    schema is then read again each time, on PostgreSQL a new server process is started.
    """

    def __init__(self, application, fils=FILS):
        self.application = application
        self._places, self._libres = asyncio.Semaphore(fils), []

    async def __call__(self, scope, receive, send):
        recu = await receive()
        if recu.get("more_body"):  # a long upload: it may be slow, and must not keep a place
            await self.application(scope, _rejouer(recu, receive), send)
            return
        await self._places.acquire()
        fil = self._libres.pop() if self._libres else ThreadPoolExecutor(1, thread_name_prefix="requete")
        rendu = False

        def rendre():
            nonlocal rendu
            if not rendu:
                rendu = True
                self._libres.append(fil)
                self._places.release()

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
    """The ASGI lifespan: the writer of votes opens with the server, and is emptied before it ends."""

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
