"""One HTTP/1.1 connection, kept alive: a request at a time, its answer whole. Thousands live on one core."""

import asyncio
import zlib

#: The most an answer may weigh, in bytes: a page of ours is a hundred times smaller.
POIDS_MAX = 8_000_000


class LienRompu(OSError):
    """The connection ended before the answer."""


class Reponse:
    """`statut`, `entetes` [(name in lower case, value)] as bytes, `corps` as bytes, unzipped."""

    __slots__ = ("_corps", "entetes", "statut")

    def __init__(self, tete, corps):
        premiere, *lignes = tete.split(b"\r\n")
        self.statut = int(premiere.split(b" ", 2)[1])
        self.entetes = [
            (nom.lower(), valeur.strip()) for nom, _deux, valeur in (li.partition(b":") for li in lignes)
        ]
        self._corps = corps

    def entete(self, nom):
        """Return the first value of a header, as bytes, or b""."""
        return next((valeur for cle, valeur in self.entetes if cle == nom), b"")

    @property
    def corps(self):
        if self.entete(b"content-encoding") == b"gzip":
            return zlib.decompress(self._corps, zlib.MAX_WBITS | 16)
        return self._corps

    @property
    def est_json(self):
        return b"json" in self.entete(b"content-type")


class Lien(asyncio.Protocol):
    """Made by `loop.create_connection`. `libre`: another request may follow; `a_servi`: one was answered."""

    def __init__(self):
        self.transport, self._attendue = None, None
        self.libre, self.a_servi = True, False
        self._vider()

    def _vider(self):
        self._recu, self._tete, self._debut, self._longueur = bytearray(), None, 0, None

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
        if self._tete is not None and self._longueur is None and not self._en_morceaux():
            self._rendre(bytes(self._recu[self._debut :]))  # an answer that ends with the connection
        elif self._attendue is not None and not self._attendue.done():
            self._attendue.set_exception(LienRompu(str(exc or "closed")))

    def data_received(self, data):
        self._recu += data
        if len(self._recu) > POIDS_MAX:
            self.fermer()
            return
        if self._tete is None and not self._lire_tete():
            return
        if self._longueur is not None:
            fin = self._debut + self._longueur
            if len(self._recu) >= fin:
                self._rendre(bytes(self._recu[self._debut : fin]))
        elif self._en_morceaux():
            corps = _recoller(self._recu, self._debut)
            if corps is not None:
                self._rendre(corps)

    def _lire_tete(self):
        fin = self._recu.find(b"\r\n\r\n")
        if fin < 0:
            return False
        if not self._recu.startswith(b"HTTP/1."):
            self.fermer()
            return False
        self._tete, self._debut = bytes(self._recu[:fin]), fin + 4
        bas = self._tete.lower()
        place = bas.find(b"\r\ncontent-length:")
        if place >= 0:
            self._longueur = int(bas[place + 17 :].split(b"\r\n", 1)[0])
        elif bas[9:12] in (b"204", b"304"):
            self._longueur = 0
        if b"\r\nconnection: close" in bas:
            self.libre = False
        return True

    def _en_morceaux(self):
        return b"\r\ntransfer-encoding: chunked" in self._tete.lower()

    def _rendre(self, corps):
        reponse = Reponse(self._tete, corps)
        self._vider()
        self.a_servi = True
        if self._attendue is not None and not self._attendue.done():
            self._attendue.set_result(reponse)


def _recoller(recu, debut):
    """Return the body of a chunked answer, or None when its end has not come yet."""
    morceaux, place = [], debut
    while True:
        fin = recu.find(b"\r\n", place)
        if fin < 0:
            return None
        longueur = int(bytes(recu[place:fin]).split(b";")[0], 16)
        place = fin + 2
        if len(recu) < place + longueur + 2:
            return None
        if not longueur:
            return b"".join(morceaux)
        morceaux.append(bytes(recu[place : place + longueur]))
        place += longueur + 2
