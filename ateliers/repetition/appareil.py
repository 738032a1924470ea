"""A browser without a screen: cookies, pages, forms, a few connections kept alive."""

import asyncio
from urllib.parse import urlencode

from .lien import Lien, LienRompu


class Appareil:
    """`cookies` {name: value}; what pages set is kept. No redirection is followed.

    `delai`: seconds given to an answer; as long as the page's own scripts (poste.js).
    """

    delai = 15.0

    def __init__(self, cible, cookies=None):
        self.cible, self.cookies = cible, dict(cookies or {})
        self._libres = []

    async def lire(self, chemin, accepte="text/html"):
        """GET a page of the site; return its Reponse. Raises OSError, TimeoutError."""
        return await self._envoyer(f"GET {chemin} HTTP/1.1", f"Accept: {accepte}")

    async def poster(self, chemin, champs, accepte="application/json"):
        """POST a form; return its Reponse. Raises OSError, TimeoutError."""
        corps = urlencode(champs)
        return await self._envoyer(
            f"POST {chemin} HTTP/1.1",
            f"Accept: {accepte}",
            f"Origin: {self.cible.origine}",
            f"Referer: {self.cible.origine}/",
            "Content-Type: application/x-www-form-urlencoded;charset=UTF-8",
            f"Content-Length: {len(corps)}",
            corps=corps,
        )

    def fermer(self):
        for lien in self._libres:
            lien.fermer()
        self._libres.clear()

    @property
    def biscuits(self):
        """The cookies, as a header's value."""
        return "; ".join(f"{nom}={valeur}" for nom, valeur in self.cookies.items())

    async def _envoyer(self, *lignes, corps=""):
        premiere, *autres = lignes
        octets = "\r\n".join(
            [
                premiere,
                f"Host: {self.cible.nom}",
                *(f"{nom}: {valeur}" for nom, valeur in self.cible.entetes),
                *autres,
                "Accept-Encoding: gzip",
                "Accept-Language: fr",
                *([f"Cookie: {self.biscuits}"] if self.cookies else []),
                "\r\n" + corps,
            ]
        ).encode()
        async with asyncio.timeout(self.delai):
            reponse = await self._demander(octets)
        for nom, valeur in reponse.entetes:
            if nom == b"set-cookie":
                self._retenir(valeur)
        return reponse

    async def _demander(self, octets):
        """As browsers do, ask again at once when a kept connection turns out to be closed."""
        while True:
            lien = await self._lien()
            try:
                reponse = await lien.demander(octets)
            except LienRompu:
                if not lien.a_servi:
                    raise
                continue
            if lien.libre:
                self._libres.append(lien)
            return reponse

    async def _lien(self):
        while self._libres:
            lien = self._libres.pop()
            if lien.libre:
                return lien
        return await self.cible.brancher(asyncio.get_running_loop(), Lien)

    def _retenir(self, valeur):
        nom, _egal, reste = valeur.decode("latin-1").partition("=")
        contenu, _point, suite = reste.partition(";")
        if not contenu or contenu == '""' or "max-age=0" in suite.lower():
            self.cookies.pop(nom, None)
        else:
            self.cookies[nom] = contenu
