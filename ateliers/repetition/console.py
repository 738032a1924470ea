"""The facilitator's browser: their session, the console's page, its buttons."""

import re

from .appareil import Appareil
from .telephone import Echec

_JETON = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Console(Appareil):
    """A form that is slow to answer is waited for, as a browser does.

    `session`: name and value of the session's cookie; `atelier_id` and `etapes` {nature: key}: the room led.
    """

    delai = 60.0

    def __init__(self, cible, session, atelier_id, etapes):
        super().__init__(cible, dict([session]))
        self.chemin, self.etapes = f"/animer/{atelier_id}/", etapes
        self.courante, self._jeton = "", ""

    async def regarder(self):
        """Load the console. Raises Echec when it does not open."""
        reponse = await self.lire(self.chemin)
        jeton = _JETON.search(reponse.corps.decode()) if reponse.statut == 200 else None
        if jeton is None:
            raise Echec(f"console: HTTP {reponse.statut}")
        self._jeton = jeton[1]

    async def ouvrir(self, nature):
        """Open a step. Raises Echec when refused."""
        await self._toucher(self.etapes[nature], "ouvrir", courante=self.courante, laissees="laisser")
        self.courante = self.etapes[nature]

    async def fermer_etape(self, nature):
        """Close a step, and its vote with it. Raises Echec when refused."""
        await self._toucher(self.etapes[nature], "fermer")
        self.courante = ""

    async def _toucher(self, etape, acte, **champs):
        chemin = f"{self.chemin}etapes/{etape}/{acte}/"
        reponse = await self.poster(chemin, {"csrfmiddlewaretoken": self._jeton, **champs}, "text/html")
        if reponse.statut != 302:
            raise Echec(f"console: HTTP {reponse.statut}")
