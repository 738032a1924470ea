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
from .fichiers import prendre
from .regles import ETALEMENT, PLAFOND_DES_ACTES, attente, issue, nouvel_ordre, reprise
from .suivi import Suivi

_JETON = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CLE = re.compile(r'name="cle" value="([^"]+)"')
_COLLEGES = re.compile(r'name="college" id="[^"]*" value="(\d+)"')
_MAIN = re.compile(r"<main\b[^>]*>")
_DONNEES = re.compile(r'\bdata-([a-z-]+)="([^"]*)"')
_PISTES = re.compile(r'name="(piste-\d+)"')
_AXES = re.compile(r'<select [^>]*name="axe">.*?</select>', re.DOTALL)
_CHOIX = re.compile(r'<option value="(\d+)"')


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


class Telephone(Appareil):
    """`page`: the data of the room's page; `suivi`: the room, live; `actes`: all that was sent.

    `guets`: objects whose `regarder(telephone)` is called each time this phone learns something.
    `cookies`: those of a phone already known to the room; without them, `entrer` first. `fichiers`: a Fichiers,
    for a phone that comes for the first time and takes styles and scripts too.
    """

    def __init__(self, cible, code, rang=0, cookies=None, fichiers=None):
        super().__init__(cible, cookies)
        self.code, self.rang = code, rang
        self._fichiers, self._pris, self._chargements = fichiers, set(), []
        self.page, self.jeton = {}, ""  # the data of <main>, the token of the forms
        self.cle, self.pistes, self.axes = "", [], []  # of the form in sight
        self.actes, self.guets, self._ordre = [], [], 0
        self._taches, self._change = set(), False
        self.suivi = Suivi(self, self._lancer, self._nouvelle)

    # Coming in

    async def entrer(self, prenom):
        """Come in by the QR code: welcome page, form, personal code, room. Raises Echec, OSError, TimeoutError."""
        accueil = _page(await self.lire(f"/r/{self.code}/"))
        self._charger(accueil)
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
        self.page = self.suivi.page = {nom: html.unescape(valeur) for nom, valeur in donnees.items()}
        self._charger(page)
        self._lire_formulaire(page)
        self.pistes = list(dict.fromkeys(_PISTES.findall(page)))
        self.axes = _lire_axes(page)
        self._dire()

    def _charger(self, page):
        """Take, beside, what this page needs and is not kept yet."""
        if self._fichiers is not None:
            self._chargements.append(self._lancer(self._prendre_fichiers(page)))

    async def _prendre_fichiers(self, page):
        voulus = await self._fichiers.de(self, page)
        manquent = [chemin for chemin in voulus if chemin not in self._pris]
        self._pris.update(manquent)
        await prendre(self, manquent)

    async def charge(self):
        """Wait until the pages seen so far have all they need. Raises OSError, TimeoutError."""
        await asyncio.gather(*self._chargements)
        self._chargements.clear()

    def _lire_formulaire(self, page):
        jeton, cle = _JETON.search(page), _CLE.search(page)
        self.jeton, self.cle = jeton[1] if jeton else self.jeton, cle[1] if cle else ""

    @property
    def moi(self):
        """The participant's number, or None before the room's page was seen."""
        return int(self.page["moi"]) if "moi" in self.page else None

    # Acts

    async def proposer(self, texte):
        """Send words, filed under an axe by two phones in three; return the Acte, acknowledged.

        Raises Echec when refused.
        """
        axe = {"axe": self.axes[self.rang % len(self.axes)]} if self.axes and self.rang % 3 else {}
        return await self._agir("proposition", {"texte": texte, **axe}, etape=self.page["etape"])

    async def voter(self, choix):
        """Send a whole ballot, {piste: dots}, zeros for the others; return the Acte, acknowledged.

        The phone says by itself that it was counted, and keeps the ballot at hand; only when a later choice counts
        instead does it fetch a page. Raises Echec when refused.
        """
        champs = {nom: choix.get(int(nom[6:]), 0) for nom in self.pistes}
        page = {nom: self.page[nom] for nom in ("etape", "scrutin")}
        acte = await self._agir("vote", champs, **page)
        if acte.reponse["depasse"]:
            self._changer(0)
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
        self._ordre = nouvel_ordre(time.time() * 1000, self._ordre)
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
                suite = issue(reponse.est_json, reponse.statut)
                if suite == "recu":
                    return json.loads(reponse.corps)
                if suite == "refus":
                    raise Echec(json.loads(reponse.corps).get("message", f"HTTP {reponse.statut}"))
                if suite == "jeton" and not renouvele:
                    renouvele = True
                    self._lire_formulaire(_page(await self.lire(f"/a/{self.code}/")))
                    continue
            except (OSError, TimeoutError):
                pass
            echecs += 1
            await asyncio.sleep(attente(echecs, PLAFOND_DES_ACTES))

    # The room, live

    def suivre(self):
        """Follow the room from now on. Needs its page."""
        self.suivi.demarrer()

    @property
    def etat(self):
        return self.suivi.etat

    def _nouvelle(self):
        if self.etat and self.etat["ecran"] != self.page["ecran"]:
            self._changer(ETALEMENT)
        self._dire()

    def _changer(self, etalement):
        """Fetch the page of the new screen, apart from the rest of the room, unless it is on its way."""
        if not self._change:
            self._change = True
            self._lancer(self._changer_enfin(etalement))

    async def _changer_enfin(self, etalement):
        attend, essai = random.random() * etalement, 0
        while self._change:
            await asyncio.sleep(attend)
            try:
                await self.regarder()
                self._change = False
            except (OSError, TimeoutError, Echec):
                essai += 1
                attend = reprise(essai)
        self._nouvelle()  # it may have changed again meanwhile

    async def finir(self):
        """Wait for the pages that were asked for."""
        while taches := [tache for tache in self._taches if tache is not asyncio.current_task()]:
            await asyncio.wait(taches)

    def _dire(self):
        for guet in tuple(self.guets):
            guet.regarder(self)

    def arreter(self):
        """End: no socket, no timer, no connection is left."""
        self.suivi.arreter()
        for tache in self._taches:
            tache.cancel()
        self.fermer()

    def _lancer(self, coroutine):
        tache = asyncio.get_running_loop().create_task(coroutine)
        self._taches.add(tache)
        tache.add_done_callback(self._faite)
        return tache

    def _faite(self, tache):
        self._taches.discard(tache)
        if not tache.cancelled():
            tache.exception()  # told to whoever waits for it; a phone that failed before has nobody who does


def _lire_axes(page):
    """The axes offered by the form in sight, none where there is nothing to choose."""
    choix = _AXES.search(page)
    return _CHOIX.findall(choix[0]) if choix else []


def _page(reponse):
    """Return the text of a page. Raises Echec when it is not one, or leads elsewhere."""
    if reponse.statut != 200:
        raise Echec(f"HTTP {reponse.statut}")
    return reponse.corps.decode()
