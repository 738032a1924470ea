"""What goes by itself: letters leave, questions are asked once more, addresses are forgotten."""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import actions, lettre, regles, releve
from .depart import avancer
from .models import Abonnement

journal = logging.getLogger(__name__)


def rappeler():
    """Ask once more those who asked and never said yes; say goodbye in time to those who do nothing any more."""
    maintenant = timezone.now()
    a_confirmer = Q(confirme_le=None, cree_le__lt=maintenant - regles.AVANT_RAPPEL, rappel_le=None)
    muets = Q(
        confirme_le__isnull=False, contact_le__lt=maintenant - regles.GARDE + regles.PREAVIS, prevenu_le=None
    )
    with override("fr"):
        _ecrire_une_fois(a_confirmer, "rappel_le", lettre.demande)
        _ecrire_une_fois(muets, "prevenu_le", _adieu)
    actions.oublier_jamais_confirmes()
    actions.oublier_a_terme()


def _ecrire_une_fois(qui, champ, composer):
    """Whoever is written to is marked before the letter leaves: a worker that dies writes nothing twice."""
    for abonnement in Abonnement.objects.filter(qui, mort_le=None):
        marque = Abonnement.objects.filter(pk=abonnement.pk, **{champ: None})
        if marque.update(**{champ: timezone.now()}) != 1:
            continue
        try:
            composer(abonnement).send()
        except SMTPRecipientsRefused:  # that address is no more; trying again would change nothing
            journal.warning("An address refused a letter.")
        except OSError as erreur:  # smtplib's are OSErrors too: tomorrow, all of them
            Abonnement.objects.filter(pk=abonnement.pk).update(**{champ: None})
            journal.warning("A letter did not leave (%s).", type(erreur).__name__)
            return


def _adieu(abonnement):
    return lettre.petite(abonnement, _("Germoir : voulez-vous encore le Fil d’Info ?"), "adieu")


def lire_les_retours():
    """Fetch the letters that came back, if a mailbox is set for them."""
    if settings.RETOURS_BOITE:
        releve.relever()


TRAVAUX = {
    "envoyer-le-courrier": (timedelta(seconds=5), avancer),
    "lire-les-retours": (timedelta(minutes=10), lire_les_retours),
    "tenir-les-abonnements": (timedelta(hours=6), rappeler),
}
