"""The sockets of one audience of one room, and the last state they were told."""

from enum import StrEnum
from math import inf
from time import time
from typing import Any

from .cadres import CONSOLE, PARTICIPANTS, PROJECTION
from .ecarts import ecart
from .etats import encoder

#: Seconds between two frames: phones are many and share a wifi, so what can wait does, but not for one.
CADENCE = {PARTICIPANTS: 0.75, PROJECTION: 0.25, CONSOLE: 0.25}
#: Those whose page is made by the server: they ask for it again when the sequence is no longer that of their page.
PAGES = {PROJECTION, CONSOLE}
#: What never waits.
URGENTES = {"etape", "resultats", "ecran"}


class Quoi(StrEnum):
    """The kinds of message that come down a socket; docs/direct.md says what each holds."""

    ETAT = "etat"
    SUITE = "suite"
    BONJOUR = "bonjour"
    PONG = "pong"


def maintenant_ms():
    return round(time() * 1000)


def message(quoi, reste="{}"):
    """Return the ASGI message of one frame; `reste` is a JSON object, to which the kind and the time are added."""
    suite = "" if reste == "{}" else "," + reste[1:-1]
    return {"type": "websocket.send", "text": f'{{"quoi":"{quoi}","maintenant":{maintenant_ms()}{suite}}}'}


class Public:
    """`seq` is the sequence of the last frame: a frame holds what changed since it (see `ecarts`).

    `vue` is that of the last rendering, which may have changed nothing here: another audience has its own.
    """

    def __init__(self, atelier_id, audience):
        self.atelier_id, self.audience = atelier_id, audience
        self.prises = set()
        self.etat: Any = None
        self.seq, self.vue, self.pas_avant = None, None, -inf
        self._entier = ""

    def entier(self):
        """The whole state, as a message; encoded once per state, dated when sent."""
        if not self._entier:
            self._entier = encoder({"seq": self.seq, **self.etat})
        return message(Quoi.ETAT, self._entier)

    def suivre(self, seq, etat, heure):
        """Take the state rendered at `heure` (loop time). Return (message or None, seconds to wait or None).

        No message: nothing changed for this audience, or what changed may wait. A page is told of each sequence
        all the same: what it heard last may have been read a moment after its sequence, and after the page.
        """
        if self.etat is None:
            self._retenir(seq, etat, heure)
            return self.entier(), None
        if seq < self.seq:  # rendered before the one that was told
            return None, None
        changees = {nom: ecart(nom, self.etat.get(nom), v) for nom, v in etat.items() if self.etat.get(nom) != v}
        if not changees and (seq == self.seq or self.audience not in PAGES):
            return None, None
        if heure < self.pas_avant and not URGENTES & changees.keys():
            return None, self.pas_avant - heure
        depuis = self.seq
        self._retenir(seq, etat, heure)
        return message(Quoi.SUITE, encoder({"seq": seq, "depuis": depuis, **changees})), None

    def _retenir(self, seq, etat, heure):
        self.seq, self.etat, self._entier = seq, etat, ""
        self.pas_avant = heure + CADENCE[self.audience]
