"""One person's phone in the room: it does what the page and its scripts do, without drawing anything.

As them: forms with their token and key; acts sent again with the same key after a random wait until the server has
answered (actes.js, poste.js); a state put together from frames, with the snapshot when one was missed (direct.js,
fusion.js); a socket that comes back by itself; the page fetched anew within two seconds when the screen changes
(ecran.js). Left out: what is kept without network, and the plain requests of a phone whose sockets do not pass.
"""

import asyncio
import html
import json
import random
import re
import secrets
import time
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .appareil import Appareil
from .prise import Prise, poignee_de_main

#: Seconds, as in attente.js, actes.js, direct.js and ecran.js.
PREMIERE, PLAFOND_PRISE, PLAFOND_ACTES = 0.5, 8.0, 30.0
PING, REPONSE = 25.0, 10.0
ETALEMENT = 2.0
PLUS_TARD = {408, 425, 429}
_JETON = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CLE = re.compile(r'name="cle" value="([^"]+)"')
_COLLEGES = re.compile(r'name="college" id="[^"]*" value="(\d+)"')
_MAIN = re.compile(r"<main\b[^>]*>")
_DONNEES = re.compile(r'\bdata-([a-z-]+)="([^"]*)"')
_PISTES = re.compile(r'name="(piste-\d+)"')
_HORS_SECTIONS = {"quoi", "seq", "depuis", "maintenant"}


class Echec(Exception):
    """What someone set out to do did not get through; the words say why."""


@dataclass
class Acte:
    """Something sent. `duree`: seconds until it was acknowledged, None if it never was; `reponse`: the answer."""

    genre: str
    champs: dict
    ordre: int
    cle: str = field(default_factory=lambda: secrets.token_hex(16))
    duree: float | None = None
    reponse: dict | None = None


def attente(echecs, plafond):
    """Seconds to wait after `echecs` failures in a row: a random moment of a window that doubles (attente.js)."""
    fenetre = min(plafond, PREMIERE * 2 ** min(echecs, 10))
    return PREMIERE + (fenetre - PREMIERE) * random.random()


class Telephone(Appareil):
    """`etat`: the room's sections as this phone knows them; `seq`: their sequence; `actes`: all it has sent.

    `guets`: objects whose `regarder(telephone)` is called each time this phone learns something.
    `cookies`: those of a phone already known to the room; without them, `entrer` first.
    """

    def __init__(self, cible, code, rang=0, cookies=None):
        super().__init__(cible, cookies)
        self.code, self.rang = code, rang
        self.page, self.jeton = {}, ""  # the data of <main>, the token of the forms
        self.cle, self.pistes = "", []  # of the form in sight
        self.etat, self.seq = {}, None
        self.actes, self.guets = [], []
        self._prise, self._echecs, self._ordre = None, 0, 0
        self._minuteries, self._taches, self._change = {}, set(), False

    # Coming in

    async def entrer(self, prenom):
        """Come in by the QR code: welcome page, form, personal code, room. Raises Echec, OSError, TimeoutError."""
        accueil = _page(await self.lire(f"/r/{self.code}/"))
        self._lire_formulaire(accueil)
        colleges = _COLLEGES.findall(accueil)
        if not colleges:
            raise Echec(_("pas de formulaire d’entrée"))
        champs = {
            "prenom": prenom,
            "college": colleges[self.rang % len(colleges)],
            "accord": "on",
            "cle": self.cle,
        }
        chemin = f"/a/{self.code}/entrer/"
        reponse = await self._jusqu_au_bout(chemin, champs)
        _page(await self.lire(reponse["suite"]))
        await self.regarder()

    async def regarder(self):
        """Fetch the room's page anew. Raises Echec, OSError, TimeoutError."""
        page = _page(await self.lire(f"/a/{self.code}/"))
        balise = _MAIN.search(page)
        donnees = dict(_DONNEES.findall(balise[0])) if balise else {}
        if "ecran" not in donnees:
            raise Echec(_("pas un écran de la salle"))
        self.page = {nom: html.unescape(valeur) for nom, valeur in donnees.items()}
        self._lire_formulaire(page)
        self.pistes = list(dict.fromkeys(_PISTES.findall(page)))
        self._dire()

    def _lire_formulaire(self, page):
        jeton, cle = _JETON.search(page), _CLE.search(page)
        self.jeton, self.cle = jeton[1] if jeton else self.jeton, cle[1] if cle else ""

    @property
    def moi(self):
        """The participant's number, or None before the room's page was seen."""
        return int(self.page["moi"]) if "moi" in self.page else None

    # Acts

    async def proposer(self, texte):
        """Send words; return the Acte, acknowledged. Raises Echec when refused."""
        return await self._agir("proposition", {"texte": texte}, etape=self.page["etape"])

    async def voter(self, choix):
        """Send a whole ballot, {piste: dots}, zeros for the others; return the Acte, acknowledged.

        The page then shows that it was counted: it is fetched, and not waited for. Raises Echec when refused.
        """
        champs = {nom: choix.get(int(nom[6:]), 0) for nom in self.pistes}
        page = {nom: self.page[nom] for nom in ("etape", "scrutin")}
        acte = await self._agir("vote", champs, **page)
        self._lancer(self._changer(0))
        return acte

    async def revenir_au_bulletin(self):
        """Ask for the ballot again, to change it. Raises what `regarder` raises."""
        page = _page(await self.lire(f"/a/{self.code}/?voter=1"))
        self._lire_formulaire(page)
        self.pistes = list(dict.fromkeys(_PISTES.findall(page)))

    def recus(self, genre):
        """The acts of this kind ("proposition", "vote") that were acknowledged."""
        return [acte for acte in self.actes if acte.genre == genre and acte.duree is not None]

    async def _agir(self, genre, champs, **page):
        self._ordre = max(round(time.time() * 1000), self._ordre + 1)
        acte = Acte(genre, champs, self._ordre)
        self.actes.append(acte)
        debut = time.perf_counter()
        fin = "proposer" if genre == "proposition" else "voter"
        envoi = {**champs, "cle": acte.cle, "moi": self.page["moi"], **page, "ordre": acte.ordre}
        acte.reponse = await self._jusqu_au_bout(f"/a/{self.code}/{fin}/", envoi)
        acte.duree = time.perf_counter() - debut
        return acte

    async def _jusqu_au_bout(self, chemin, champs):
        """Send until the server has answered in JSON; return what it said. Raises Echec when it refused."""
        echecs, renouvele = 0, False
        while True:
            try:
                reponse = await self.poster(chemin, {**champs, "csrfmiddlewaretoken": self.jeton})
                if reponse.est_json and reponse.statut < 300:
                    return json.loads(reponse.corps)
                if reponse.est_json and reponse.statut < 500 and reponse.statut not in PLUS_TARD:
                    raise Echec(json.loads(reponse.corps).get("message", f"HTTP {reponse.statut}"))
                if reponse.statut == 403 and not renouvele:
                    renouvele = True
                    self._lire_formulaire(_page(await self.lire(f"/a/{self.code}/")))
                    continue
            except (OSError, TimeoutError):
                pass
            echecs += 1
            await asyncio.sleep(attente(echecs, PLAFOND_ACTES))

    # The room, live

    def suivre(self):
        """Open the socket, and open it again each time it is lost, until `arreter`. Needs the room's page."""
        self._lancer(self._brancher())

    async def _brancher(self):
        seq = "" if self.seq is None else f"&seq={self.seq}"
        chemin = f"{self.page['socket']}&jeton={self.page['jeton']}{seq}"
        demande = poignee_de_main(self.cible, chemin, self.biscuits)
        prise = self._prise = Prise(demande, self._recevoir, self._perdre)
        self._plus_tard("reponse", REPONSE, prise.couper)
        self._plus_tard("ping", PING, self._pinguer)
        try:
            await self.cible.brancher(asyncio.get_running_loop(), lambda: prise)
        except OSError:
            self._perdre()

    def couper(self):
        """The wifi falls. The phone knows at once, and comes back by itself."""
        if self._prise is not None:
            self._prise.oublier()
        self._perdre()

    @property
    def branche(self):
        """Whether the socket is open and has spoken since it was last opened."""
        return self._prise is not None and self._prise.ouverte and not self._echecs

    def _perdre(self):
        self._prise = None
        self._echecs += 1
        self._annuler("ping", "reponse")
        self._plus_tard("connexion", attente(self._echecs, PLAFOND_PRISE), self.suivre)

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
        self._dire()

    def _prendre(self, trame):
        if "depuis" in trame and (self.seq is None or self.seq < trame["depuis"]):
            self._lancer(self._rattraper())
            return
        if self.seq is not None and trame["seq"] < self.seq:
            return
        sections = {nom: valeur for nom, valeur in trame.items() if nom not in _HORS_SECTIONS}
        self.etat, self.seq = {**self.etat, **sections}, trame["seq"]
        if self.page and self.etat["ecran"] != self.page["ecran"] and not self._change:
            self._lancer(self._changer(ETALEMENT))

    async def _rattraper(self):
        """A frame was missed: take the whole state."""
        try:
            reponse = await self.lire(self.page["etat"], "application/json")
            if reponse.statut == 200:
                self._prendre({"quoi": "etat", **json.loads(reponse.corps)})
                self._dire()
        except (OSError, TimeoutError):
            pass  # the next frame will tell again that something is missing

    async def _changer(self, etalement):
        """Fetch the page of the new screen, apart from the rest of the room; again until it comes."""
        self._change, attend, essai = True, random.random() * etalement, 0
        while True:
            await asyncio.sleep(attend)
            try:
                await self.regarder()
                break
            except (OSError, TimeoutError, Echec):
                essai += 1
                attend = min(30.0, 2.0**essai) * (0.5 + random.random() / 2)
        self._change = False
        if (
            self.etat and self.etat["ecran"] != self.page["ecran"]
        ):  # it changed again while the page was on its way
            self._lancer(self._changer(ETALEMENT))

    async def finir(self):
        """Wait for the pages that were asked for."""
        while taches := [tache for tache in self._taches if tache is not asyncio.current_task()]:
            await asyncio.wait(taches)

    def _dire(self):
        for guet in tuple(self.guets):
            guet.regarder(self)

    # Timers and tasks

    def arreter(self):
        """End: no socket, no timer, no connection is left."""
        self._annuler(*self._minuteries)
        for tache in self._taches:
            tache.cancel()
        if self._prise is not None:
            self._prise.oublier()
            self._prise = None
        self.fermer()

    def _lancer(self, coroutine):
        tache = asyncio.get_running_loop().create_task(coroutine)
        self._taches.add(tache)
        tache.add_done_callback(self._taches.discard)

    def _plus_tard(self, nom, delai, acte):
        self._annuler(nom)
        self._minuteries[nom] = asyncio.get_running_loop().call_later(delai, acte)

    def _annuler(self, *noms):
        for nom in noms:
            if minuterie := self._minuteries.pop(nom, None):
                minuterie.cancel()


def _page(reponse):
    """Return the text of a page. Raises Echec when it is not one, or leads elsewhere."""
    if reponse.statut != 200:
        raise Echec(f"HTTP {reponse.statut}")
    return reponse.corps.decode()


_lues = {}


def lire_trame(contenu):
    """Return the JSON of a frame. The same bytes go to the whole room: they are read once."""
    trame = _lues.get(contenu)
    if trame is None:
        if len(_lues) >= 32:
            _lues.clear()
        trame = _lues[contenu] = json.loads(contenu)
    return trame
