"""Following a room: frames come down a socket that comes back by itself (as direct.js does)."""

import asyncio
import json
import random

from .prise import Prise, poignee_de_main
from .regles import PING, PLAFOND, REPONSE, attente, fusionner

_lues = {}


class Suivi:
    """`etat`: the room's sections as this phone knows them; `seq`: their sequence, None before the first frame.

    `page`: the data of the room's page (where its socket and its snapshot are); `sur_nouvelle()` is called after
    each message. What needs time is run by `lancer(coroutine)`.
    """

    def __init__(self, appareil, lancer, sur_nouvelle):
        self._appareil, self._lancer, self._sur_nouvelle = appareil, lancer, sur_nouvelle
        self.page, self.etat, self.seq = {}, {}, None
        self._prise, self._echecs, self._minuteries = None, 0, {}

    def demarrer(self):
        """Open the socket, and open it again each time it is lost, until `arreter`."""
        self._lancer(self._brancher())

    @property
    def branche(self):
        """Whether the socket is open and has spoken since it was last opened."""
        return self._prise is not None and self._prise.ouverte and not self._echecs

    def couper(self):
        """The wifi falls. The phone knows at once, and comes back by itself."""
        if self._prise is not None:
            self._prise.oublier()
        self._perdre()

    def arreter(self):
        self._annuler(*self._minuteries)
        if self._prise is not None:
            self._prise.oublier()
            self._prise = None

    async def _brancher(self):
        seq = "" if self.seq is None else f"&seq={self.seq}"
        chemin = f"{self.page['socket']}&jeton={self.page['jeton']}{seq}"
        cible = self._appareil.cible
        demande = poignee_de_main(cible, chemin, self._appareil.biscuits)
        prise = self._prise = Prise(demande, self._recevoir, self._perdre)
        self._plus_tard("reponse", REPONSE, prise.couper)
        self._plus_tard("ping", PING, self._pinguer)
        try:
            await cible.brancher(asyncio.get_running_loop(), lambda: prise)
        except OSError:
            self._perdre()

    def _perdre(self):
        self._prise = None
        self._echecs += 1
        self._annuler("ping", "reponse")
        self._plus_tard("connexion", attente(self._echecs, PLAFOND), self.demarrer)

    def _pinguer(self):
        if self._prise is not None and self._prise.ouverte:
            self._prise.signe_de_vie()
            self._plus_tard("reponse", REPONSE, self._prise.couper)
        self._plus_tard("ping", PING * (0.8 + 0.4 * random.random()), self._pinguer)

    def _recevoir(self, contenu):
        self._echecs = 0
        self._annuler("reponse")
        trame = lire_trame(contenu)
        if trame["quoi"] in ("etat", "suite"):
            self._prendre(trame)
        self._sur_nouvelle()

    def _prendre(self, trame):
        if "depuis" in trame and (self.seq is None or self.seq < trame["depuis"]):
            self._lancer(self._rattraper())
        elif self.seq is None or trame["seq"] >= self.seq:
            self.etat, self.seq = fusionner(self.etat, trame), trame["seq"]

    async def _rattraper(self):
        """A frame was missed: take the whole state."""
        try:
            reponse = await self._appareil.lire(self.page["etat"], "application/json")
        except (OSError, TimeoutError):
            return  # the next frame will tell again that something is missing
        if reponse.statut == 200:
            self._prendre(json.loads(reponse.corps))
            self._sur_nouvelle()

    def _plus_tard(self, nom, delai, acte):
        self._annuler(nom)
        self._minuteries[nom] = asyncio.get_running_loop().call_later(delai, acte)

    def _annuler(self, *noms):
        for nom in noms:
            if minuterie := self._minuteries.pop(nom, None):
                minuterie.cancel()


def lire_trame(contenu):
    """Return the JSON of a frame. The same bytes go to the whole room: they are read once."""
    trame = _lues.get(contenu)
    if trame is None:
        if len(_lues) >= 32:
            _lues.clear()
        trame = _lues[contenu] = json.loads(contenu)
    return trame
