"""How the background work goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from .models import Passage
from .registre import travaux

#: A task may be late by its own period and this much before someone should be told.
MARGE = timedelta(minutes=5)


@dataclass(frozen=True)
class Etat:
    """One task. `en_retard`: no worker took it in time. `echecs`: how many times in a row it failed."""

    nom: str
    reussi_le: datetime | None
    echecs: int
    erreur: str
    en_retard: bool


def etats(maintenant=None, connus=None):
    """Return the Etat of each task, those of the product unless `connus` gives others. One query."""
    maintenant = maintenant or timezone.now()
    passages = Passage.objects.in_bulk(field_name="nom")
    return [_etat(nom, passages.get(nom), maintenant) for nom in connus or travaux()]


def _etat(nom, passage, maintenant):
    if passage is None:
        return Etat(nom, None, 0, "", en_retard=True)
    en_retard = maintenant > passage.prochain_le + MARGE
    return Etat(nom, passage.reussi_le, passage.echecs, passage.erreur, en_retard)
