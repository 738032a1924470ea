"""Say that a room moved. The one file that decides who hears: this process's hubs, then the others."""

import asyncio
import logging
from functools import partial

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import connection, transaction
from django.db.models import F

from .models import Atelier

logger = logging.getLogger(__name__)

#: The one channel-layer group: its members are processes, never sockets.
GROUPE = "direct"
#: Seconds given to the layer. A lost notice costs a screen one poll, so an act never waits longer.
DELAI_COUCHE = 1.0

#: Callables taking an atelier id, safe to call from any thread; each local hub puts its own here.
ecouteurs = set()


#: It ends each act of a room: one statement, where Django writes two anew.
_AVANCER = "UPDATE ateliers_atelier SET sequence = sequence + 1 WHERE {} = %s RETURNING id"


def faire_avancer(sender, espace_id, **kwargs):
    """What is said or counted in an espace shows in its room; a forum's espace has none, and nothing happens."""
    _avancer("espace_id", espace_id)


def avancer(atelier_id):
    """Raise the room's sequence inside the current transaction, and announce it once committed."""
    _avancer("id", atelier_id)


def _avancer(colonne, valeur):
    with connection.cursor() as curseur:
        curseur.execute(_AVANCER.format(colonne), [valeur])
        avancees = curseur.fetchall()
    for (atelier_id,) in avancees:
        transaction.on_commit(partial(annoncer, atelier_id), robust=True)


def reprendre_acces(ateliers):
    """Someone's access to these rooms (a queryset) has ended: tokens signed until now are looked at again."""
    for atelier_id in ateliers.order_by().values_list("pk", flat=True):
        Atelier.objects.filter(pk=atelier_id).update(acces=F("acces") + 1)
        avancer(atelier_id)


def annoncer(atelier_id):
    """Tell every process that the room moved. Never raises: losing a notice loses nothing."""
    locaux = list(ecouteurs)
    for prevenir in locaux:
        prevenir(atelier_id)
    if not locaux and couche_partagee() is not None:
        try:
            async_to_sync(publier)(atelier_id)
        except Exception:
            logger.warning("The channel layer did not take a notice; screens will catch up by polling.")


def couche_partagee():
    """The channel layer, or None when it reaches no other process (the in-memory one)."""
    couche = get_channel_layer()
    return None if isinstance(couche, InMemoryChannelLayer) else couche


async def publier(atelier_id, source=""):
    """Send one notice to the other processes. Raises what the layer raises, or TimeoutError."""
    message = {"type": "direct.avance", "atelier": atelier_id, "source": source}
    await asyncio.wait_for(couche_partagee().group_send(GROUPE, message), DELAI_COUCHE)
