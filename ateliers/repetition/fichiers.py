"""The styles, scripts and typeface that a phone takes the first time, and keeps: most of what it ever asks."""

import asyncio
import re
from urllib.parse import urljoin

_DE_PAGE = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]*?\b(?:href|src)="(/[^"]+)"')
_DE_STYLE = re.compile(r"""url\(["']?([^"')]+\.woff2)["']?\)""")
_DE_SCRIPT = re.compile(r"""(?:from|import)\s*["'](\.[^"']+\.js)["']""")
#: Requests that a browser makes to one server at once.
A_LA_FOIS = 6


class Fichiers:
    """What pages of one site need, found out once for all phones."""

    def __init__(self):
        self._connus, self._verrou = {}, asyncio.Lock()

    async def de(self, appareil, page):
        """Return the paths of all that a page needs, and that what it needs needs. `appareil` goes and looks."""
        async with self._verrou:
            voulus = [chemin for chemin in dict.fromkeys(_DE_PAGE.findall(page)) if not chemin.endswith(".png")]
            for chemin in voulus:
                for autre in await self._suite(appareil, chemin):
                    if autre not in voulus:
                        voulus.append(autre)
        return voulus

    async def _suite(self, appareil, chemin):
        """Return what a file itself asks for."""
        if chemin not in self._connus:
            motif = {"css": _DE_STYLE, "js": _DE_SCRIPT}.get(chemin.rpartition(".")[2])
            if motif is None:
                self._connus[chemin] = []
            else:
                texte = (await appareil.lire(chemin, "*/*")).corps.decode()
                self._connus[chemin] = [urljoin(chemin, autre) for autre in motif.findall(texte)]
        return self._connus[chemin]


async def prendre(appareil, chemins):
    """Fetch files as a browser does, a few at a time. Raises OSError, TimeoutError."""
    restent = iter(chemins)

    async def suivre():
        for chemin in restent:
            reponse = await appareil.lire(chemin, "*/*")
            if reponse.statut != 200:
                raise OSError(f"{chemin}: HTTP {reponse.statut}")

    await asyncio.gather(*(suivre() for _fil in range(A_LA_FOIS)))
