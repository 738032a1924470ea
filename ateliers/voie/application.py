"""The lane itself: seven addresses of a room, taken when the case is plain, handed to Django otherwise."""

import asyncio
import logging
import re
from functools import partial

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import QueryDict
from django.utils import translation

from consultation import guichet
from consultation.erreurs import Refus
from consultation.textes import cle_de_code

from .. import actions, essais, identite
from ..direct import etats, presence
from ..direct.cadres import PARTICIPANTS
from ..direct.reserve import une_fois
from ..formulaires import VoteEnvoye
from ..reponses import accompagner, ce_qui_compte, corps_du_refus
from . import actes
from .compression import degonfler
from .memoire import Memoires
from .moules import SECRET, Cuisine, pleins_de
from .partage import Commune, Fil
from .requete import Reponse, Requete

logger = logging.getLogger(__name__)

CHEMIN = re.compile(
    r"/(?P<quoi>r/|a/)(?P<code>[^/]{4,16})/(?P<suite>|mon-code/|entrer/|proposer/|voter/|etat\.json)"
)
#: Seconds between two looks at a room, and between two renderings of its state (the hub's tick).
PAS_SALLE, PAS_ETAT = 0.02, 0.25
#: What someone has of their own on a screen that shows nothing of anyone.
RIEN = frozenset()
#: A page made for someone with these may hold words of theirs: "you are logged in", "it is saved".
SEANCES = {settings.SESSION_COOKIE_NAME, "messages"}


class VoieRapide:
    """ASGI application: answers what it can, gives the rest to `application`."""

    def __init__(self, application):
        self.application = application
        self._fil, self._memoires, self._cuisine = Fil(), Memoires(), Cuisine()
        self._ecritures = set()
        self._salles = Commune(lambda code: self._fil.lire(self._memoires.lire, code), PAS_SALLE)
        self._portes = Commune(lambda code: self._fil.lire(self._lire_la_porte, code), PAS_SALLE)
        self._moules = Commune(lambda cle: self._fil.lire(self._faire_moule, *cle), 0)
        self._vus = Commune(lambda cle: self._fil.lire(etats.instantane_vu, *cle), PAS_SALLE)
        self._tensions = Commune(lambda _: self._fil.lire(essais.maison_tendue), PAS_SALLE)
        self._etats = Commune(lambda cle: self._fil.lire(etats.instantane, *cle), PAS_ETAT)
        self._acteurs = {
            ("GET", "r/", ""): self._accueil,
            ("GET", "a/", ""): self._page,
            ("GET", "a/", "mon-code/"): self._mon_code,
            ("GET", "a/", "etat.json"): self._etat,
            ("POST", "a/", "entrer/"): self._entrer,
            ("POST", "a/", "proposer/"): self._proposer,
            ("POST", "a/", "voter/"): self._voter,
        }

    async def __call__(self, scope, receive, send):
        requete = Requete(scope, receive)
        reponse = await self._repondre(requete)
        if reponse is None:
            await self.application(scope, requete.receive, send)
            return
        if requete.comprime:
            reponse.comprimer()
        await reponse.envoyer(send)

    def fermer(self):
        """Let the threads go, here and behind, and forget every room: after the last request."""
        self._fil.fermer()
        self._memoires.oublier()
        self.application.fermer()

    async def _repondre(self, requete):
        """Return the Reponse, or None to let Django answer."""
        trouve = CHEMIN.fullmatch(requete.chemin)
        agir = self._acteurs.get((requete.methode, trouve["quoi"], trouve["suite"])) if trouve else None
        if agir is None or not requete.est_attendue():
            return None
        with translation.override(requete.langue):
            return await self._agir(agir, requete, cle_de_code(trouve["code"]))

    @staticmethod
    async def _agir(agir, requete, code):
        try:
            return await agir(requete, code)
        except Refus as refus:
            # Not known here, or someone else: Django has the words, and the way in.
            return None if refus.statut in (403, 404) else _refuser(refus)
        except (OperationalError, InterfaceError) as erreur:
            # One line: Django says it to the person, and a trace for each of a thousand would fill the disk.
            logger.error("%s %s goes the ordinary way: %s", requete.methode, requete.chemin, str(erreur).strip())
        except Exception:
            logger.exception("A request could not be answered here; it goes the ordinary way.")
        return None

    async def _accueil(self, requete, code):
        """The page that welcomes newcomers: the same for all, until they are known."""
        secret = _secret(requete)
        if secret is None or identite.COOKIE in requete.cookies:
            return None
        memoire = await self._portes.demander(code)
        moule = memoire and await self._moule(memoire, requete, code)
        return moule.remplir(secret) if moule else None

    def _lire_la_porte(self, code):
        """The room, for a stranger, in one reading; None while codes are guessed: Django asks for a proof."""
        return None if essais.maison_tendue() else self._memoires.lire(code)

    async def _page(self, requete, code):
        """The room's page, for someone who came in and has nothing of their own on this screen."""
        return await self._a_remplir(requete, code, "", lambda memoire, numero: memoire.propre_a(numero))

    async def _mon_code(self, requete, code):
        """One's personal code, just after coming in: nothing else on that page is one's own."""
        return await self._a_remplir(requete, code, "mon-code/", lambda _memoire, _numero: RIEN)

    async def _a_remplir(self, requete, code, suite, propre_a):
        secret = _secret(requete)
        if not secret:
            return None
        memoire = await self._salles.demander(code)
        numero, personne = memoire.qui(identite.entrees(requete.cookies)) if memoire else (None, None)
        propre = propre_a(memoire, numero) if personne else True
        if propre is True:
            return None
        moule = await self._moule(memoire, requete, code, suite, personne.college, propre)
        return moule.remplir(secret, **pleins_de(memoire, numero, personne)) if moule else None

    async def _moule(self, memoire, requete, code, *pour):
        moule = memoire.moules.get((requete.langue, *pour))
        if moule is None or not moule.tient(memoire):
            moule = await self._moules.demander((code, requete.entetes[b"host"], requete.langue, *pour))
        return moule

    def _faire_moule(self, code, hote, *cle):
        memoire = self._memoires.lire(code)
        moule = memoire and memoire.moules.get(cle)
        if memoire is None or (moule and moule.tient(memoire)):
            return moule
        return self._cuisine.faire(memoire, hote, *cle)

    async def _etat(self, requete, code):
        """The room's state, rendered once for all who ask in the same quarter of a second."""
        if await self._est_garde(requete):
            return None
        demande = QueryDict(requete.demande)
        cle = (code, demande.get("pour", PARTICIPANTS))
        lu = await self._vus.demander(cle)
        if lu is not None and lu.corps is None:
            lu = await self._etats.demander(cle)
        if lu is None or not lu.peut_lire(demande.get("jeton", "")):
            return None
        if cle[1] == PARTICIPANTS:
            self._noter_la_presence(requete, lu.atelier)
        if lu.est_connu(requete.entetes.get(b"if-none-match", "")):
            return Reponse(b"", 304, lu.entetes())
        return Reponse(lu.corps, 200, {"Content-Type": etats.TYPE_JSON, **lu.entetes()}, partial(_degonfles, lu))

    def _noter_la_presence(self, requete, atelier_id):
        """A phone that asks without a socket is there too: the writer notes it, nobody waits for that."""
        presence.voir_telephone(atelier_id, identite.entrees(requete.cookies))
        if guichet.est_ouvert() and (vus := presence.a_ecrire()):
            tache = asyncio.ensure_future(guichet.remettre(presence.ecrire, vus))
            self._ecritures.add(tache)
            tache.add_done_callback(self._ecritures.discard)

    async def _est_garde(self, requete):
        """Whether Django must ask this device for a proof first: a stranger, while codes are being guessed."""
        return not requete.visiteur.connu and await self._tensions.demander("")

    async def _entrer(self, requete, code):
        """A newcomer's name and college, sent by a script: written with those who come at the same moment."""
        connu = identite.COOKIE in requete.cookies or SEANCES & requete.cookies.keys()
        if connu or await self._est_garde(requete):
            return None
        entree = await _remettre(requete, code, actes.entrer, a_la_porte=True)
        return entree and Reponse.de_django(
            accompagner("mon-code", *entree, cookies=requete.cookies, en_json=True)
        )

    async def _proposer(self, requete, code):
        """Words sent by a script."""
        garde = await _remettre(requete, code, actes.proposer)
        return garde and Reponse.json(garde, 201)

    async def _voter(self, requete, code):
        """A script's vote: like the others, it waits for its commit without holding a thread."""
        champs = await _champs(requete)
        if champs is None:
            return None
        depot = _lire_depot(requete, code, champs)
        recu = await guichet.remettre(actions.voter_ensemble, depot)
        return Reponse.json(ce_qui_compte(recu, depot.choix))


def _degonfles(lu):
    """A state, deflated once for all who ask while the room does not move."""
    quoi = (lu.pour, "degonfle")
    return [une_fois(lu.atelier, quoi, lu.sequence, partial(degonfler, lu.corps))]


def _secret(requete):
    """The secret of the phone's form cookie, "" when it has none yet, None when Django must make the page.

    It must for a query string, for someone logged in, and for a cookie that is not one of its own.
    """
    secret = requete.cookies.get(settings.CSRF_COOKIE_NAME, "")
    lisible = not secret or SECRET.match(secret)
    return secret if lisible and not requete.demande and not SEANCES & requete.cookies.keys() else None


def _vient_d_un_script(requete):
    """A plain form wants a page, and Django's own check of its token."""
    return (
        requete.entetes.get(b"accept", "").startswith("application/json")
        and requete.entetes.get(b"content-type", "").startswith("application/x-www-form-urlencoded")
        and requete.vient_d_ici()
    )


async def _champs(requete):
    """The fields of a form that the writer may take, or None."""
    if not (guichet.est_ouvert() and _vient_d_un_script(requete) and await requete.lire()):
        return None
    try:
        return requete.formulaire()
    except ValueError:
        return None


async def _remettre(requete, code, ecrire, a_la_porte=False):
    """What `ecrire` gives for the form sent, or None when it is not one to hand in. Raises Refus."""
    champs = await _champs(requete)
    if champs is None:
        return None
    if "defi" in champs:
        return None  # checking a proof is work: not in the writer
    demande = actes.Demande(code, identite.entrees(requete.cookies), champs, requete.langue, requete.visiteur)
    return await guichet.remettre(ecrire, demande, a_la_porte)


def _lire_depot(requete, code, champs):
    """Raises Refus 400."""
    envoye = VoteEnvoye.lire(champs)
    return actions.Depot.lire(
        code=code,
        qui=identite.entrees(requete.cookies),
        appareils=identite.appareils(requete.cookies),
        choix=envoye.choix,
        cle=envoye.cle,
        ordre=envoye.ordre,
        vise=envoye.scrutin,
        moi=envoye.moi,
        langue=requete.langue,
    )


def _refuser(refus):
    tard = {"Retry-After": "2"} if refus.statut == 503 else {}
    return Reponse.json(corps_du_refus(refus), refus.statut, **tard)
