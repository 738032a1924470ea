"""A WebSocket as a browser opens it: text comes down, "ping" goes up. Protocol of RFC 6455, client side."""

import asyncio
import os
from base64 import b64encode

_TEXTE, _FIN, _PING, _PONG = 1, 8, 9, 10
_MASQUE = b"\0\0\0\0"  # a mask of zeros leaves the words as they are: the servers are ours, nothing lies between
_SIGNE_DE_VIE = bytes([0x80 | _TEXTE, 0x80 | 4]) + _MASQUE + b"ping"


class Prise(asyncio.Protocol):
    """`sur_trame(bytes)` for each text, `sur_fin()` once, however it ends (a refused handshake too)."""

    def __init__(self, demande, sur_trame, sur_fin):
        """`demande`: the handshake without its key; see `poignee_de_main`."""
        self._demande, self._sur_trame, self._sur_fin = demande, sur_trame, sur_fin
        self._recu, self.ouverte, self.transport = b"", False, None

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self._demande % b64encode(os.urandom(16)))

    def connection_lost(self, exc):
        fin, self._sur_fin = self._sur_fin, None
        if fin is not None:
            fin()

    def couper(self):
        """Cut, without a word to the server: a wifi that falls says nothing."""
        if self.transport is not None:
            self.transport.abort()

    def oublier(self):
        """End for good: `sur_fin` is not called."""
        self._sur_fin = None
        self.couper()

    def signe_de_vie(self):
        self.transport.write(_SIGNE_DE_VIE)

    def data_received(self, data):
        recu = self._recu + data if self._recu else data
        if not self.ouverte:
            fin = recu.find(b"\r\n\r\n")
            if fin < 0:
                self._recu = recu
                return
            if not recu.startswith(b"HTTP/1.1 101"):
                self.couper()
                return
            self.ouverte, recu = True, recu[fin + 4 :]
        self._recu = self._lire(recu)

    def _lire(self, recu):
        """Hand over each whole frame; return what is left."""
        place, total = 0, len(recu)
        while total - place >= 2:
            longueur, debut = recu[place + 1] & 0x7F, place + 2
            if longueur > 125:
                larges = 2 if longueur == 126 else 8
                longueur, debut = int.from_bytes(recu[debut : debut + larges], "big"), debut + larges
            if total < debut + longueur:
                break
            self._prendre(recu[place] & 0x0F, recu[debut : debut + longueur])
            place = debut + longueur
        return recu[place:]

    def _prendre(self, genre, contenu):
        if genre == _TEXTE:
            self._sur_trame(contenu)
        elif genre == _PING:
            self.transport.write(bytes([0x80 | _PONG, 0x80 | len(contenu)]) + _MASQUE + contenu)
        elif genre == _FIN:
            self.transport.close()


def poignee_de_main(cible, chemin, cookies=""):
    """Return the bytes of a handshake, with %b where its key goes."""
    lignes = [
        f"GET {chemin} HTTP/1.1",
        f"Host: {cible.nom}",
        f"Origin: {cible.origine}",
        *(f"{nom}: {valeur}" for nom, valeur in cible.entetes),
        *([f"Cookie: {cookies}"] if cookies else []),
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
    ]
    return "\r\n".join(lignes).replace("%", "%%").encode() + b"\r\nSec-WebSocket-Key: %b\r\n\r\n"
