"""Following a room: frames come down a socket that comes back by itself (direct.js, fusion.js, attente.js)."""

import asyncio
import json
import random

from .prise import Prise, poignee_de_main

#: Seconds, as in attente.js and direct.js.
PREMIERE, PLAFOND, PING, REPONSE = 0.5, 8.0, 25.0, 10.0
_HORS_SECTIONS = {"quoi", "seq", "depuis", "maintenant"}
_LISTES = {
    "pistes": ("liste", lambda piste: piste["numero"]),
    "propositions": ("dernieres", lambda proposition: -proposition["id"]),
}
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


def fusionner(etat, trame):
    """Return the sections of `etat` once `trame`, which is not older, is put on them (fusion.js)."""
    dites = {nom: valeur for nom, valeur in trame.items() if nom not in _HORS_SECTIONS}
    avant = etat if "depuis" in trame else {}
    return {**avant, **{nom: _suivante(nom, etat.get(nom) or {}, valeur) for nom, valeur in dites.items()}}


def _suivante(nom, avant, dite):
    if nom not in _LISTES or "plus" not in (dite or {}):
        return dite
    champ, ordre = _LISTES[nom]
    reste = {cle: valeur for cle, valeur in dite.items() if cle not in ("plus", "moins")}
    lignes = {ligne["id"]: ligne for ligne in avant.get(champ, avant.get("plus", ()))}
    lignes = {cle: ligne for cle, ligne in lignes.items() if cle not in dite["moins"]}
    lignes = sorted((lignes | {ligne["id"]: ligne for ligne in dite["plus"]}).values(), key=ordre)
    if champ in avant:
        return {**reste, champ: lignes}
    parties = set(avant.get("moins", ())) - {ligne["id"] for ligne in dite["plus"]} | set(dite["moins"])
    return {**reste, "plus": lignes, "moins": sorted(parties)}


def attente(echecs, plafond):
    """Seconds to wait after `echecs` failures in a row: a random moment of a window that doubles (attente.js)."""
    fenetre = min(plafond, PREMIERE * 2 ** min(echecs, 10))
    return PREMIERE + (fenetre - PREMIERE) * random.random()


def lire_trame(contenu):
    """Return the JSON of a frame. The same bytes go to the whole room: they are read once."""
    trame = _lues.get(contenu)
    if trame is None:
        if len(_lues) >= 32:
            _lues.clear()
        trame = _lues[contenu] = json.loads(contenu)
    return trame
