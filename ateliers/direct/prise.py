"""One socket's way down: send without ever making the others wait."""

import asyncio
import types
from math import inf
from typing import Any


@types.coroutine
def _poursuivre(envoi, attendu):
    """Await the rest of a coroutine that was started by hand and stopped on the future `attendu`."""
    try:
        yield attendu
    except BaseException as erreur:
        envoi.throw(erreur)
        raise
    return (yield from envoi)


class Prise:
    """A local socket. `envoyer` hands a message to the server and returns at once.

    An ASGI `send` only waits when the client has stopped reading and the server's buffer is full. So its first
    step is run by hand: nearly always it is also the last, and costs no task. When it does wait, the rest runs
    in a task of its own, the messages that pass meanwhile are dropped, and `entier()` (the latest whole state,
    as a message) is sent in their place.
    """

    __slots__ = (
        "_attente",
        "_manque",
        "_send",
        "depuis",
        "entier",
        "lachee",
        "participant",
        "pong_le",
        "public",
        "tache",
    )

    def __init__(self, send, tache):
        """`send`: the ASGI send; `tache`: the task of its consumer. `Hub.entrer` sets the rest."""
        self._send, self.tache = send, tache
        self._attente, self._manque = None, False
        self.entier: Any = None
        self.depuis = None  # loop time at which it fell behind
        self.lachee = False  # True once the hub gave it up
        self.public: Any = None
        self.participant = None  # whose phone it is, for a socket of participants
        self.pong_le = -inf  # never: a loop’s time begins with the machine

    def envoyer(self, message):
        """Send, or note that the socket missed something. Never raises, never waits."""
        if self._attente is not None:
            self._manque = True
            return
        envoi = self._send(message)
        try:
            attendu = envoi.send(None)
        except StopIteration:
            return
        except Exception:
            return  # gone: its disconnection is on its way
        boucle = asyncio.get_running_loop()
        self.depuis = boucle.time()
        self._attente = boucle.create_task(self._rattraper(envoi, attendu))

    async def _rattraper(self, envoi, attendu):
        try:
            await _poursuivre(envoi, attendu)
            while self._manque:
                self._manque = False
                await self._send(self.entier())
        except Exception:
            return  # gone: its disconnection is on its way
        finally:
            self._attente = self.depuis = None

    def lacher(self):
        """Give up a socket that stays stuck: its consumer ends, the server closes it, the client comes back."""
        self.lachee = True
        self.fermer()
        self.tache.cancel()

    def fermer(self):
        """Forget what was waiting."""
        if self._attente is not None:
            self._attente.cancel()
