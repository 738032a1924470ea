"""Where ballots and forms are handed in: one writer per process, which commits together all those that wait.

A commit that must reach the disk costs milliseconds, whether it holds one ballot or a hundred. While one is under
way the next ones gather; each sender is answered after the commit that holds theirs. Without a writer (tests,
commands, WSGI) a ballot is written at once, in its own transaction.

The writer is given, with each, the act that writes a list of them and returns, in their order, what each gets: a
value, or a Refus. When it raises, it has written nothing that does harm written again.
"""

import asyncio
import logging
import threading
from collections import Counter, defaultdict
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Attente
from itertools import count
from queue import Empty, Full, PriorityQueue

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from .connexions import connexion_sure
from .erreurs import Refus

logger = logging.getLogger(__name__)

#: How many may wait; those that come when all places are taken are asked to come back.
PLACES = 5000
#: How many are taken at once: a facilitator's act on the same database waits for one of those at most.
LOT = 200
#: How many of those who come in are taken at once: they cost more, and those inside wait for no more of them.
LOT_A_LA_PORTE = 40
#: Seconds a sender waits for an answer. It knows nothing then; its key makes sending again harmless.
PATIENCE = 30
_DEDANS, _A_LA_PORTE, _FIN = range(3)  # in this order
_ouvert = None
_verrou = threading.Lock()


def ouvrir(**reglages):
    """Start this process's writer. The server calls it once it serves."""
    global _ouvert
    with _verrou:
        if _ouvert is None:
            _ouvert = Guichet(**reglages)


def fermer():
    """Write what waits, then stop the writer."""
    global _ouvert
    with _verrou:
        guichet, _ouvert = _ouvert, None
    if guichet is not None:
        guichet.fermer()


def est_ouvert():
    return _ouvert is not None


def est_mort():
    """Whether this process has a writer that works no more: whoever hands in waits for nothing."""
    guichet = _ouvert
    return guichet is not None and not guichet.est_vivant()


def deposer(ecrire, envoi):
    """Hand in a ballot; return what `ecrire` gives for it, once it is on disk.

    Raises the Refus it gives, what it raises, and Refus "occupe" 503 when the ballot should be sent again.
    """
    guichet = _ouvert
    # Inside a transaction the writer would wait for its end, and the transaction for the writer.
    if guichet is None or transaction.get_connection().in_atomic_block:
        (rendu,) = ecrire([envoi])
        if isinstance(rendu, Refus):
            raise rendu
        return rendu
    return guichet.deposer(ecrire, envoi)


async def remettre(ecrire, envoi, a_la_porte=False):
    """`deposer` for the event loop, which is not held meanwhile. The writer must be open.

    `a_la_porte`: it comes from someone who is not in yet, and goes after those who are.
    """
    guichet = _ouvert
    if guichet is None:
        raise occupe()
    return await guichet.remettre(ecrire, envoi, a_la_porte)


class Guichet:
    def __init__(self, places=PLACES, lot=LOT, patience=PATIENCE):
        self.lot, self.patience = lot, patience
        self._file, self._rangs = PriorityQueue(places), count()
        self._ferme, self._verrou = False, threading.Lock()
        self._fil = threading.Thread(target=self._travailler, name="guichet", daemon=True)
        self._fil.start()

    def deposer(self, ecrire, envoi):
        """Return what `ecrire` gives for `envoi`, once committed. Raises Refus."""
        try:
            return self._mettre(ecrire, envoi).result(self.patience)
        except Attente:
            raise occupe() from None

    async def remettre(self, ecrire, envoi, a_la_porte=False):
        """`deposer`, awaited."""
        reponse = self._mettre(ecrire, envoi, _A_LA_PORTE if a_la_porte else _DEDANS)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(reponse), self.patience)
        except TimeoutError:
            raise occupe() from None

    def _mettre(self, ecrire, envoi, ou=_DEDANS):
        reponse = Future()
        try:
            with self._verrou:
                if self._ferme:
                    raise Full
                self._file.put_nowait((ou, next(self._rangs), ecrire, envoi, reponse))
        except Full:
            raise occupe() from None
        return reponse

    def est_vivant(self):
        return self._fil.is_alive()

    def fermer(self):
        with self._verrou:
            self._ferme = True
        self._file.put((_FIN, next(self._rangs), None, None, None))
        self._fil.join()

    def _travailler(self):
        fini = False
        while not fini:
            par_acte, fini = self._prendre()
            for ecrire, remis in par_acte.items():
                _servir(ecrire, remis)
        connection.close()

    def _prendre(self):
        """Wait for one at least. Return ({act: [(envoi, Future)]}, whether it was the last lot)."""
        par_acte, pris = defaultdict(list), Counter()
        while pris.total() < self.lot and pris[_A_LA_PORTE] < LOT_A_LA_PORTE:
            try:
                ou, _rang, ecrire, *remis = self._file.get(block=not pris)
            except Empty:
                break
            if ou == _FIN:
                return par_acte, True
            pris[ou] += 1
            par_acte[ecrire].append(remis)
        return par_acte, False


def _servir(ecrire, lot):
    """Answer everyone in a lot of (envoi, Future): together if it can be, one by one otherwise."""
    try:
        with connexion_sure():
            rendus = ecrire([envoi for envoi, _reponse in lot])
    except OperationalError as erreur:
        # Locked by another writer, full or out of reach: it would be the same for each, and as long. One line: a
        # trace for each lot would fill what is left of the disk.
        logger.error("%s acts could not be written, they will be sent again: %s", len(lot), erreur)
        connection.close()
        rendus = [_indisponible() for _envoi in lot]
    except Exception as erreur:
        if len(lot) > 1:
            logger.exception("Acts could not be written together: they are, one by one.")
            for un in lot:
                _servir(ecrire, [un])
            return
        rendus = [erreur]
    for (_envoi, reponse), rendu in zip(lot, rendus, strict=True):
        _repondre(reponse, rendu)


def _repondre(reponse, rendu):
    if not reponse.set_running_or_notify_cancel():
        return  # nobody waits any more: the phone left, or was asked to send again
    if isinstance(rendu, Exception):
        reponse.set_exception(rendu)
    else:
        reponse.set_result(rendu)


def occupe():
    """The Refus that asks to send again: nothing was written that sending again would write twice."""
    message = _("Trop d’envois arrivent en même temps. Le vôtre n’est pas enregistré. Envoyez-le à nouveau.")
    return Refus("occupe", message, statut=503)


def _indisponible():
    message = _("Le site ne peut rien enregistrer pour le moment. Attendez un peu, puis envoyez à nouveau.")
    return Refus("indisponible", message, statut=503)
