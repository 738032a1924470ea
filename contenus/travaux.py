"""What the publishing side does by itself."""

from datetime import timedelta
from functools import partial
from itertools import groupby

from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from . import lettres
from .actions import effacer_reponses_echues, oublier_tirages, prendre_nouvelles, rendre_nouvelles
from .actions.suivi import oublier_les_demandes
from .lectures.devenues import nouvelles
from .models import SuiviDAuteur
from .tournee import avancer


def publier_a_l_heure():
    """Publish the pages whose hour has come, take away those whose time is over."""
    call_command("publish_scheduled")


def prevenir_les_auteurs():
    """Write to each author what moved of their propositions since, once a day at most, nothing twice."""
    oublier_les_demandes()
    hier = timezone.now() - timedelta(days=1)
    attendent = SuiviDAuteur.objects.filter(confirme_le__isnull=False).exclude(ecrit_le__gt=hier)
    attendent = attendent.select_related("participant__consultation").order_by("participant__consultation", "pk")
    for consultation, suivis in groupby(attendent, key=lambda suivi: suivi.participant.consultation):
        siens = list(suivis)
        with override("fr"):
            if not _prevenir(siens, nouvelles(consultation, [suivi.participant_id for suivi in siens])):
                return


def _prevenir(suivis, dites):
    """Write to those who have something new to read; return False when the server is out of reach."""
    for suivi in suivis:
        neuves = [une for une in dites.get(suivi.participant_id, ()) if une.cle not in suivi.dites]
        if not neuves or not prendre_nouvelles(suivi=suivi, dites=[une.cle for une in neuves]):
            continue
        if not lettres.partir(lettres.ce_qui_a_bouge(suivi, neuves), partial(rendre_nouvelles, suivi=suivi)):
            return False
    return True


TRAVAUX = {
    "prevenir-les-auteurs": (timedelta(hours=1), prevenir_les_auteurs),
    "publier-a-l-heure": (timedelta(minutes=1), publier_a_l_heure),
    "tirer-les-carnets": (timedelta(seconds=5), avancer),
    "oublier-les-tirages": (timedelta(days=1), oublier_tirages),
    "effacer-les-reponses": (timedelta(days=1), effacer_reponses_echues),
}
