"""One HTTP/1.1 connection, kept alive: a request at a time, its answer whole. Thousands live on one core."""

import asyncio
import zlib

from httptools import HttpParserError, HttpResponseParser

#: The most an answer may weigh, in bytes: a page of ours is a hundred times smaller.
POIDS_MAX = 8_000_000


class LienRompu(OSError):
    """The connection ended before the answer."""


class Reponse:
    """`statut`, `entetes` [(name in lower case, value)] as bytes, `corps` as bytes, unzipped."""

    __slots__ = ("_morceaux", "entetes", "statut")

    def __init__(self):
        self.statut, self.entetes, self._morceaux = 0, [], []

    def entete(self, nom):
        """Return the first value of a header, as bytes, or b""."""
        return next((valeur for cle, valeur in self.entetes if cle == nom), b"")

    @property
    def corps(self):
        corps = b"".join(self._morceaux)
        if self.entete(b"content-encoding") == b"gzip":
            return zlib.decompress(corps, zlib.MAX_WBITS | 16)
        return corps

    @property
    def est_json(self):
        return b"json" in self.entete(b"content-type")

    # What httptools tells while it reads

    def on_header(self, nom, valeur):
        self.entetes.append((nom.lower(), valeur))

    def on_body(self, morceau):
        self._morceaux.append(morceau)

    @property
    def finit_avec_le_lien(self):
        return not (self.entete(b"content-length") or self.entete(b"transfer-encoding"))


class Lien(asyncio.Protocol):
    """Made by `loop.create_connection`. `libre`: another request may follow; `a_servi`: one was answered."""

    def __init__(self):
        self.transport, self._attendue = None, None
        self.libre, self.a_servi = True, False
        self._vider()

    def _vider(self):
        self._reponse, self._recus = Reponse(), 0
        self.on_header, self.on_body = self._reponse.on_header, self._reponse.on_body
        self._lecteur = HttpResponseParser(self)

    async def demander(self, octets):
        """Send a whole request, return its Reponse. Raises LienRompu."""
        if self.transport is None or self.transport.is_closing():
            raise LienRompu("closed")
        self._attendue = asyncio.get_running_loop().create_future()
        self.transport.write(octets)
        try:
            return await self._attendue
        except asyncio.CancelledError:  # given up: what comes now would be taken for the next answer
            self.fermer()
            raise

    def fermer(self):
        self.libre = False
        if self.transport is not None:
            self.transport.abort()

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, exc):
        self.libre = False
        if self._reponse.statut and self._reponse.finit_avec_le_lien:
            self.on_message_complete()
        elif self._attendue is not None and not self._attendue.done():
            self._attendue.set_exception(LienRompu(str(exc or "closed")))

    def data_received(self, data):
        self._recus += len(data)
        try:
            if self._recus > POIDS_MAX:
                raise HttpParserError("too long")
            self._lecteur.feed_data(data)
        except HttpParserError:
            self.fermer()

    # What httptools tells while it reads

    def on_headers_complete(self):
        self._reponse.statut = self._lecteur.get_status_code()
        self.libre = self.libre and self._lecteur.should_keep_alive()

    def on_message_complete(self):
        reponse = self._reponse
        self._vider()
        self.a_servi = True
        if self._attendue is not None and not self._attendue.done():
            self._attendue.set_result(reponse)
