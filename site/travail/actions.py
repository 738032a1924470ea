"""Run what is due. Nothing here is journaled: what a task does to the life of a consultation, it notes itself."""

import logging

from django.db.models import F
from django.utils import timezone

from .models import Passage
from .registre import travaux

journal = logging.getLogger(__name__)


def tourner(*, maintenant=None, connus=None):
    """Run every task whose hour has come, each once and by one worker only; return the names of those that ran.

    A task that fails is logged, counted, tried again at its next period, and stops none of the others. `connus`:
    other tasks than the product's, as `registre.travaux` gives them.
    """
    maintenant = maintenant or timezone.now()
    faits = []
    for travail in (connus or travaux()).values():
        if _prendre(travail, maintenant):
            _faire(travail)
            faits.append(travail.nom)
    return faits


def _prendre(travail, maintenant):
    """True when this worker is the one that moved the next hour: two workers never run a task together."""
    Passage.objects.get_or_create(nom=travail.nom, defaults={"prochain_le": maintenant})
    dus = Passage.objects.filter(nom=travail.nom, prochain_le__lte=maintenant)
    return bool(dus.update(prochain_le=maintenant + travail.periode, commence_le=maintenant))


def _faire(travail):
    passage = Passage.objects.filter(nom=travail.nom)
    try:
        travail.faire()
    except Exception as erreur:  # whatever it is, the other tasks must go on
        journal.exception("Periodic task %s failed", travail.nom)
        passage.update(echecs=F("echecs") + 1, erreur=type(erreur).__name__)
    else:
        passage.update(reussi_le=timezone.now(), echecs=0, erreur="")
