"""Simulated people: they come in, propose and vote through the same addresses and forms as anyone.

They are registered beforehand with the origin "simulation", which every screen says; each then enters with the
personal code it was given. Bounded in number and in time. A simulated facilitator leads the one workshop they are
in, from its console, and lets go as soon as a human being takes it over.
"""

import asyncio
import random
import re
import time

import httpx
from asgiref.sync import sync_to_async

from ateliers.models import Atelier, Etape
from consultation import actions
from consultation.models import College, Piste

from . import comptes, domont, gens, recits

GENS_MAX = 24
MINUTES_MAX = 20
#: Seconds between two looks of a simulated person at their phone.
ATTENTE = (8, 35)
#: Seconds each step lasts when the simulated facilitator leads.
DUREES = {"accueil": 20, "ideation": 240, "regroupement": 60, "vote": 150, "discussion": 120}
#: Steps added when all are over, so that whoever arrives late sees the whole chain too.
TOUR = [("ideation", "Proposer encore"), ("regroupement", "Regrouper"), ("vote", "Voter"), ("discussion", "Lire")]
_JETON = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CLE = re.compile(r'name="cle" value="([^"]*)"')
_PISTE = re.compile(r'name="(piste-\d+)"')


def inscrire(nombre):
    """Register up to GENS_MAX simulated people in the seminar; return [(college letter, personal code)]."""
    atelier = Atelier.objects.select_related("espace__consultation").get(code=domont.DIRECT)
    lettres = {champs["signe"]: lettre for lettre, champs in domont.COLLEGES.items()}
    colleges = list(College.objects.filter(consultation=atelier.consultation))
    codes = []
    for rang in range(min(nombre, GENS_MAX)):
        college = colleges[rang % len(colleges)]
        personne = actions.inscrire(
            consultation=atelier.consultation,
            college=college,
            prenom=f"{gens.prenom(60 + rang)} (simulation)",
            origine="simulation",
            accord_publication=True,
            cle=f"simulation-{rang}",
        )
        codes.append((lettres[college.signe], personne.code_personnel))
    return codes


async def jouer(url, codes, *, minutes, dire):
    """Play for at most `minutes`, then stop. `dire(str)` is told what the facilitator does."""
    fin = time.monotonic() + 60 * min(minutes, MINUTES_MAX)
    paroles = _paroles()
    roles = [_Personne(url, lettre, code, paroles, rang) for rang, (lettre, code) in enumerate(codes)]
    await asyncio.gather(_Robot(url, dire).vivre(fin), *(role.vivre(fin) for role in roles))


def _paroles():
    """Return {letter: sentences still to be said}, shared by everyone of a college."""
    deja = {mots for partie in recits.lire("domont") if partie.code == domont.DIRECT for _l, mots in partie.libres}
    restent = {lettre: [] for lettre in domont.COLLEGES}
    for piste in recits.lire("simulation")[0].pistes:
        for lettre, mots in piste.dits:
            if mots not in deja:
                restent[lettre].append(mots)
    return restent


class _Visiteur:
    """A browser: cookies, pages, plain forms with their tokens."""

    def __init__(self, url):
        self.client = httpx.AsyncClient(base_url=url, follow_redirects=True, timeout=20)
        self.page = ""

    async def lire(self, chemin):
        reponse = await self.client.get(chemin)
        self.page = reponse.text
        return reponse

    async def envoyer(self, chemin, **champs):
        jeton = _JETON.search(self.page)
        donnees = {"csrfmiddlewaretoken": jeton[1] if jeton else "", **champs}
        reponse = await self.client.post(chemin, data=donnees, headers={"Referer": f"{self.client.base_url}/"})
        if "text/html" in reponse.headers.get("Content-Type", ""):
            self.page = reponse.text
        return reponse


class _Personne(_Visiteur):
    def __init__(self, url, lettre, code, paroles, rang):
        super().__init__(url)
        self.lettre, self.code, self.paroles = lettre, code, paroles
        self.hasard = random.Random(rang)
        self.faits = set()  # forms already sent: a screen shown again is not answered twice

    async def vivre(self, fin):
        await asyncio.sleep(self.hasard.uniform(0, ATTENTE[1]))
        try:
            await self.lire("/rejoindre/")
            await self.envoyer("/rejoindre/", code=self.code)
            await self.lire(f"/r/{domont.DIRECT}/")
            while time.monotonic() < fin:
                await self._regarder()
                await asyncio.sleep(self.hasard.uniform(*ATTENTE))
        except httpx.HTTPError:  # the server is gone, and this person with it
            pass
        await self.client.aclose()

    async def _regarder(self):
        """Look at the room; say something, vote, or wait."""
        await self.lire(f"/a/{domont.DIRECT}/")
        if 'data-acte="proposition"' in self.page:
            await self._proposer()
        elif 'data-acte="gommettes"' in self.page:
            await self._voter()

    async def _proposer(self):
        if self.paroles[self.lettre] and self.hasard.random() < 0.5:
            mots = self.paroles[self.lettre].pop(0)
            await self.envoyer(f"/a/{domont.DIRECT}/proposer/", texte=mots, cle=self._cle())

    async def _voter(self):
        pistes = tuple(sorted(set(_PISTE.findall(self.page))))
        if pistes and pistes not in self.faits:
            self.faits.add(pistes)
            gouts = [random.Random(f"{self.lettre}{piste}").random() + 0.2 for piste in pistes]
            posees = self.hasard.choices(pistes, weights=gouts, k=3)
            choix = {piste: str(posees.count(piste)) for piste in pistes}
            await self.envoyer(f"/a/{domont.DIRECT}/voter/", cle=self._cle(), **choix)

    def _cle(self):
        trouvee = _CLE.search(self.page)
        return trouvee[1] if trouvee else ""


class _Robot(_Visiteur):
    """The simulated facilitator. It reads the déroulé from the database and acts from the console like anyone."""

    def __init__(self, url, dire):
        super().__init__(url)
        self.dire = dire

    async def vivre(self, fin):
        self.atelier = await sync_to_async(Atelier.objects.get)(code=domont.DIRECT)
        self.console = f"/animer/{self.atelier.pk}/"
        await self.lire("/compte/login/")
        await self.envoyer("/compte/login/", login=comptes.ROLES["robot"][0], password=comptes.MOT_DE_PASSE)
        try:
            await self._mener(fin)
        except httpx.HTTPError:
            self.dire("L’animation simulée a perdu le serveur et s’arrête.")
        await self.client.aclose()

    async def _mener(self, fin):
        while time.monotonic() < fin:
            courante, suivante = await sync_to_async(self._etat)()
            if courante is not None:
                await self._tenir(courante, fin)
                if courante.nature == "regroupement":
                    await self._regrouper()
            if suivante is None:
                await self._ajouter_un_tour()
                continue
            if time.monotonic() < fin and not await self._ouvrir(suivante, courante):
                self.dire("Quelqu’un anime cet atelier : l’animation simulée lui laisse la main.")
                return

    def _etat(self):
        """Return (current step, next step that the simulation plays)."""
        etapes = list(self.atelier.etapes.all())
        courante = next((e for e in etapes if e.etat in {"ouverte", "en_pause"}), None)
        apres = courante.ordre if courante else -1
        a_venir = [e for e in etapes if e.etat == Etape.Etat.A_VENIR and e.ordre > apres and e.nature in DUREES]
        return courante, (a_venir or [None])[0]

    async def _tenir(self, courante, fin):
        limite = min(fin, time.monotonic() + DUREES.get(courante.nature, 60))
        await asyncio.sleep(max(0, limite - time.monotonic()))

    async def _ouvrir(self, etape, courante):
        """Open a step, saying which one we saw as current: refused when a human being changed it meanwhile."""
        await self.lire(self.console)
        vue = str(courante.pk) if courante else ""
        reponse = await self.envoyer(f"{self.console}etapes/{etape.pk}/ouvrir/", courante=vue, laissees="semer")
        if reponse.status_code == 200:
            self.dire(f"Atelier {domont.DIRECT} : {etape.titre}")
        return reponse.status_code == 200

    async def _regrouper(self):
        """Gather what the story gathers, then make the rest pistes by themselves."""
        for texte, (identifiants, dans) in (await sync_to_async(self._familles)()).items():
            await self.lire(f"{self.console}regrouper/")
            await self.envoyer(
                f"{self.console}regrouper/joindre/", propositions=identifiants, texte=texte, dans=dans
            )
        await self.lire(f"{self.console}regrouper/")
        await self.envoyer(f"{self.console}regrouper/semer/")

    def _familles(self):
        """Return {wording: (ids of propositions, id of the piste that has it or "")}."""
        piste_de = {mots: p.texte for p in recits.lire("simulation")[0].pistes for _lettre, mots in p.dits}
        faites = {p.texte: str(p.pk) for p in Piste.objects.vivantes().filter(espace=self.atelier.espace_id)}
        familles = {}
        for proposition in self.atelier.espace.propositions.orphelines():
            if texte := piste_de.get(proposition.texte):
                familles.setdefault(texte, ([], faites.get(texte, "")))[0].append(str(proposition.pk))
        return familles

    async def _ajouter_un_tour(self):
        for nature, titre in TOUR:
            await self.lire(f"{self.console}deroule/")
            champs = {"nature": nature, "titre": titre, "proposition_nature": "piste", "duree": "15"}
            await self.envoyer(f"{self.console}deroule/ajouter/", consigne="", **champs)
        _courante, suivante = await sync_to_async(self._etat)()
        if suivante is None:
            await asyncio.sleep(MINUTES_MAX * 60)
