"""A tour of the worker: what may leave leaves, in batches, until the time of the tour is over."""

import logging
import time

from django.utils import timezone
from django.utils.translation import override

from . import lettre as lettres
from . import retours
from .actions import remises
from .models import Envoi
from .remise import Attendre, Coupe, Guichet, NousRefuse, Refuse

journal = logging.getLogger(__name__)
#: Seconds of one tour: the worker has other tasks, some of them each minute.
TOUR = 20
LOT = 50


def avancer():
    """Send what may leave of each sending under way. May be run by several workers, and killed at any moment."""
    fin = time.monotonic() + TOUR
    for envoi in Envoi.objects.filter(etat=Envoi.Etat.EN_COURS).order_by("numero"):
        remises.rendre(envoi)
        if envoi.attend_le is None or envoi.attend_le <= timezone.now():
            with override("fr"):
                Tour(envoi, fin).faire()
        remises.finir(envoi)


class Tour:
    """One tour of one sending, on one connection kept as long as it holds. `fin`: of `time.monotonic`."""

    def __init__(self, envoi, fin):
        self.envoi, self.fin = envoi, fin
        self.guichet = None

    def faire(self):
        try:
            while lot := remises.prochaines(self.envoi, LOT):
                for lettre in lot:
                    if time.monotonic() >= self.fin:
                        return
                    self._ouvrir()
                    if remises.prendre(lettre):
                        self._envoyer(lettre)
        except NousRefuse as erreur:
            self._attendre(str(erreur))
        except Coupe as erreur:  # the connection could not be had
            self._attendre(str(erreur))
        finally:
            if self.guichet is not None:
                self.guichet.fermer()

    def _ouvrir(self):
        if self.guichet is None or self.guichet.liaison is None:
            self.guichet = Guichet()
            remises.repart(self.envoi)

    def _attendre(self, mots):
        journal.warning("Sending %s waits: %s", self.envoi.numero, mots)
        remises.tout_attend(self.envoi, mots)

    def _envoyer(self, lettre):
        message = lettres.message(self.envoi, lettre)
        try:
            retour = retours.enveloppe(self.envoi.numero, lettre.pk)
            mots = self.guichet.remettre(message, lambda: remises.attendre_la_reponse(lettre), retour=retour)
        except Attendre as erreur:
            du_domaine = not str(erreur).split(" ", 1)[-1].startswith("4.2.")  # 4.2.x is one mailbox's (RFC 3463)
            remises.plus_tard(self.envoi, lettre, str(erreur), tout_le_domaine=du_domaine)
        except Refuse as erreur:
            remises.refusee(lettre, str(erreur), morte=erreur.morte)
        except Coupe as erreur:
            self.guichet.fermer()
            suite = remises.sans_reponse if erreur.apres else self._reessayer
            suite(lettre, str(erreur))
        except NousRefuse as erreur:
            self._reessayer(lettre, str(erreur))
            raise
        else:
            remises.remise(lettre, mots)

    def _reessayer(self, lettre, mots):
        remises.plus_tard(self.envoi, lettre, mots)
