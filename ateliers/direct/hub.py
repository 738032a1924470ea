"""One hub per process: it hears that a room moved, renders it once per audience, hands the frame to every socket.

A hub lives in one event loop and only while that loop has sockets; nothing of it outlives them.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.db import connections, transaction

from consultation.connexions import connexion_sure

from .. import annonces
from ..models import Atelier
from . import acces, cadres, presence
from .public import Public, Quoi, message

logger = logging.getLogger(__name__)

#: Seconds between two ticks, between two checks that no notice was lost, before a stuck socket is let go.
TICK, VEILLE, PATIENCE = 0.25, 3.0, 20.0
#: How long to rest after a tick, in times what it took, and the longest rest in seconds: rooms that take long to
#: render are told less often, and leave the processor to acts.
REPOS, REPOS_MAX = 2, 0.5
#: Seconds before trying again what failed: a rendering, a subscription.
REPRISE = 1.0
#: Sockets served in a row before the loop looks at anything else.
TRANCHE = 250
_hubs = {}


def hub():
    """Return the hub of the running loop, started if need be."""
    boucle = asyncio.get_running_loop()
    if boucle not in _hubs:
        _hubs[boucle] = Hub(boucle)
    return _hubs[boucle]


class Hub:
    def __init__(self, boucle):
        self.boucle, self.source = boucle, uuid4().hex
        self.publics: dict[tuple[int, str], Public] = {}
        self._acces = {}  # atelier_id -> the room's `acces`, as last read
        self._acces_lus = {}  # atelier_id -> the reading of its `acces` under way
        self._a_la_porte = 0  # sockets whose token is being looked at
        self._bouges, self._a_dire = set(), set()
        self._presences_le = boucle.time() + presence.RYTHME
        self._reveil = asyncio.Event()
        self._fil = ThreadPoolExecutor(max_workers=1, thread_name_prefix="direct")
        self._prevenir = lambda atelier_id: self._depuis_un_fil(atelier_id)
        annonces.ecouteurs.add(self._prevenir)
        self._taches = {boucle.create_task(tache()) for tache in (self._tourner, self._veiller, self._ecouter)}

    # In and out

    async def admet(self, jeton):
        """Whether a socket may come in. No query, but for a room new here or a token older than its `acces`."""
        self._a_la_porte += 1
        try:
            if jeton.atelier_id not in self._acces:
                self._acces |= await asyncio.shield(self._lire_acces(jeton.atelier_id))
            if jeton.acces >= self._acces.get(jeton.atelier_id, 0):
                return True
            return await self._dans_le_fil(acces.tient, jeton)
        except Exception:
            logger.warning("A token could not be looked at: the console waits, the others come in.")
            return jeton.audience != cadres.CONSOLE
        finally:
            self._a_la_porte -= 1

    def _lire_acces(self, atelier_id):
        """The reading of a room's `acces` that is under way, or a new one: a whole room comes in at once."""
        if atelier_id not in self._acces_lus:
            lecture = asyncio.ensure_future(self._dans_le_fil(acces.acces_de, {atelier_id}))
            lecture.add_done_callback(lambda _lecture: self._acces_lus.pop(atelier_id))
            self._acces_lus[atelier_id] = lecture
        return self._acces_lus[atelier_id]

    def entrer(self, prise, atelier_id, audience, seq=None):
        """Take a socket in. It is told the whole state, unless `seq` says that it has it already."""
        public = self.publics.get((atelier_id, audience))
        if public is None:
            public = self.publics[atelier_id, audience] = Public(atelier_id, audience)
            self._lancer(self._accueillir(public))
        public.prises.add(prise)
        prise.public, prise.entier = public, public.entier
        if public.etat is None:
            return  # told as soon as it is read, with all who come meanwhile
        if seq is not None and seq == public.seq:
            prise.envoyer(message(Quoi.BONJOUR, f'{{"seq":{seq}}}'))
        else:
            prise.envoyer(public.entier())

    def sortir(self, prise):
        """Let a socket go; the last one stops the hub."""
        public = prise.public
        prise.fermer()
        public.prises.discard(prise)
        cle = public.atelier_id, public.audience
        if not public.prises and self.publics.get(cle) is public:
            del self.publics[cle]
        self.arreter_si_vide()

    def arreter_si_vide(self):
        if not self.publics and not self._a_la_porte:
            self.arreter()

    def arreter(self):
        """Stop everything: tasks, thread, its database connection, the place in the layer's group."""
        if _hubs.get(self.boucle) is not self:
            return
        del _hubs[self.boucle]
        annonces.ecouteurs.discard(self._prevenir)
        for tache in self._taches:
            tache.cancel()
        self._fil.submit(connections.close_all)
        self._fil.shutdown(wait=False)

    # Hearing that a room moved

    def _depuis_un_fil(self, atelier_id):
        try:
            self.boucle.call_soon_threadsafe(self.noter, atelier_id, True)
        except RuntimeError:  # the loop was closed without a word: leave nothing behind
            annonces.ecouteurs.discard(self._prevenir)
            _hubs.pop(self.boucle, None)

    def noter(self, atelier_id, a_dire=False):
        """Note that a room moved; `a_dire` when the act was done here and other processes must hear of it."""
        self._bouges.add(atelier_id)
        if a_dire:
            self._a_dire.add(atelier_id)
        self._reveil.set()

    async def _ecouter(self):
        """Be the one member that this process has in the layer's group."""
        couche = annonces.couche_partagee()
        while couche is not None:
            try:
                canal = await couche.new_channel("direct.")
                await couche.group_add(annonces.GROUPE, canal)
                try:
                    while True:
                        recu = await couche.receive(canal)
                        if recu["source"] != self.source:
                            self.noter(recu["atelier"])
                finally:
                    await couche.group_discard(annonces.GROUPE, canal)
            except Exception:
                logger.warning("The channel layer is out of reach; rooms catch up every %s s.", VEILLE)
                await asyncio.sleep(REPRISE)

    async def _dire(self, ateliers):
        for atelier_id in ateliers:
            try:
                await annonces.publier(atelier_id, self.source)
            except Exception:
                logger.warning("The channel layer did not take a notice; screens will catch up by themselves.")

    async def _veiller(self):
        """The net under the notices: one query for all local rooms, and the sockets that stay stuck let go."""
        while True:
            await asyncio.sleep(VEILLE)
            limite = self.boucle.time() - PATIENCE
            for public in list(self.publics.values()):
                for prise in list(public.prises):
                    if prise.depuis is not None and prise.depuis < limite:
                        prise.lacher()
            try:
                await self._tenir_les_presences()
            except Exception:
                logger.exception("Who is there could not be written.")
            try:
                sequences = await self._dans_le_fil(_sequences, {atelier for atelier, _audience in self.publics})
                await self._revoir_les_acces({atelier: n for atelier, _sequence, n in sequences})
            except Exception:
                logger.exception("The sequences of the rooms could not be read.")
                continue
            lues = {atelier: sequence for atelier, sequence, _acces in sequences}
            for public in self.publics.values():
                if public.vue != lues.get(public.atelier_id, public.vue):
                    self.noter(public.atelier_id)

    async def _revoir_les_acces(self, lus):
        """Let go of those whose access ended: looked up only in rooms whose `acces` has moved."""
        bouges = {atelier for atelier, n in lus.items() if self._acces.get(atelier) != n}
        self._acces |= lus
        prises = [
            prise
            for (atelier, _audience), public in self.publics.items()
            if atelier in bouges
            for prise in public.prises
            if prise.jeton is not None and prise.jeton.acces < lus[atelier]
        ]
        if prises:
            renvoyes = await self._dans_le_fil(acces.renvoyes, {prise.jeton for prise in prises})
            for prise in prises:
                if prise.jeton in renvoyes:
                    prise.lacher()

    async def _tenir_les_presences(self):
        """Now and then, write who has a live screen; a room whose count no longer holds moves."""
        maintenant = self.boucle.time()
        if maintenant < self._presences_le:
            return
        self._presences_le = maintenant + presence.RYTHME
        for public in self.publics.values():
            for prise in public.prises:
                if prise.jeton is not None and prise.jeton.participant_id is not None:
                    presence.voir(public.atelier_id, prise.jeton.participant_id)
        dits = {p.atelier_id: p.etat["presence"] for p in self.publics.values() if p.etat is not None}
        await self._dans_le_fil(_rafraichir_les_presences, presence.a_ecrire(), dits)

    # Telling

    async def _tourner(self):
        while True:
            await self._reveil.wait()
            self._reveil.clear()
            bouges, self._bouges = self._bouges, set()
            a_dire, self._a_dire = self._a_dire, set()
            debut = self.boucle.time()
            if a_dire and annonces.couche_partagee() is not None:
                self._lancer(self._dire(a_dire))
            for atelier_id in bouges:
                try:
                    await self._diffuser(atelier_id)
                except Exception:
                    logger.exception("A room could not be rendered.")
                    self.boucle.call_later(REPRISE, self.noter, atelier_id)
            mis = self.boucle.time() - debut
            await asyncio.sleep(max(TICK - mis, min(REPOS * mis, REPOS_MAX)))

    async def _accueillir(self, public):
        """Tell the first ones of an audience the state at once: whoever enters does not wait for a tick."""
        try:
            await self._dire_a(public.atelier_id, [public])
        except Exception:
            logger.exception("A room could not be rendered.")
            self.boucle.call_later(REPRISE, self.noter, public.atelier_id)

    async def _diffuser(self, atelier_id):
        publics = [public for (atelier, _audience), public in self.publics.items() if atelier == atelier_id]
        if publics:
            await self._dire_a(atelier_id, publics)

    async def _dire_a(self, atelier_id, publics):
        seq, etats = await self._dans_le_fil(cadres.rendre, atelier_id, [public.audience for public in publics])
        if seq is None:
            return
        for public in publics:
            public.vue = seq
            trame, attente = public.suivre(seq, etats[public.audience], self.boucle.time())
            if attente is not None:
                self.boucle.call_later(attente, self.noter, atelier_id)
            if trame is not None:
                await _donner(list(public.prises), trame)

    async def _dans_le_fil(self, lire, *arguments):
        return await self.boucle.run_in_executor(self._fil, _lire, lire, *arguments)

    def _lancer(self, coroutine):
        tache = self.boucle.create_task(coroutine)
        self._taches.add(tache)
        tache.add_done_callback(self._taches.discard)


async def _donner(prises, trame):
    for rang, prise in enumerate(prises, start=1):
        prise.envoyer(trame)
        if rang % TRANCHE == 0:
            await asyncio.sleep(0)


def _lire(lire, *arguments):
    """Run a reading in the hub's thread, on a connection that is kept but checked."""
    with connexion_sure():
        return lire(*arguments)


def _sequences(ateliers):
    return list(Atelier.objects.filter(pk__in=ateliers).values_list("pk", "sequence", "acces"))


def _rafraichir_les_presences(vus, dits):
    """Write who was seen, then raise the sequence of each room whose presence is not what was last told.

    `dits`: {room: its section "presence" as last told}. People who left give no sign: only time tells.
    """
    presence.ecrire([vus])
    for atelier_id, dite in dits.items():
        if cadres.presence(atelier_id) != dite:
            with transaction.atomic():
                annonces.avancer(atelier_id)
