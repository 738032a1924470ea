"""What forums do by themselves: their votes open and close at the hours of the calendar."""

import logging
from datetime import timedelta

from django.utils import timezone

from consultation import actions
from consultation.actions.forum import GRACE
from consultation.erreurs import Refus
from consultation.models import Consultation, Phase, Scrutin

logger = logging.getLogger(__name__)


def tenir_les_votes():
    """Open the vote of each forum whose phase is open, close those whose phase is over and its grace gone."""
    maintenant = timezone.now()
    phases = Phase.objects.filter(nature=Phase.Nature.VOTER, consultation__etat=Consultation.Etat.OUVERTE)
    clos = Scrutin.Etat.CLOS
    for phase in phases.filter(debut__lte=maintenant, fin__gt=maintenant).exclude(
        consultation__forum__scrutin__etat__in=[Scrutin.Etat.OUVERT, clos]
    ):
        _faire(actions.ouvrir_vote, phase.consultation)
    finies = phases.filter(fin__lt=maintenant - GRACE)
    for phase in finies.filter(consultation__forum__scrutin__etat=Scrutin.Etat.OUVERT):
        _faire(actions.fermer_vote, phase.consultation)


def _faire(acte, consultation):
    """One forum that cannot be voted on does not keep the others waiting."""
    try:
        acte(consultation=consultation, par=None)
    except Refus as refus:
        logger.warning("Forum %s: %s", consultation.slug, refus.code)


TRAVAUX = {"tenir-les-votes-des-forums": (timedelta(minutes=1), tenir_les_votes)}
