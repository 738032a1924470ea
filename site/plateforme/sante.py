"""How this process is, for monitors: each part asked anew, one plain sentence for what does not hold."""

import shutil
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from consultation import guichet
from travail import lectures as lectures_du_travail

#: Bytes below which a disk is said to be full: a day of votes and of photographs.
PLACE = 200_000_000


def base():
    try:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1")
    except DatabaseError:
        return _("La base de données ne répond pas.")


@cache
def _du_code():
    """The migrations that the code of this process knows. Read once: they are some three hundred files."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def migrations():
    try:
        manquent = _du_code() - MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        return _("La base de données ne répond pas.")
    if manquent:
        return _("La base n’est pas à jour : lancez manage.py mettre_a_niveau.")
    return None


def ecrivain():
    if guichet.est_mort():
        return _("L’écrivain des votes s’est arrêté : relancez ce processus.")
    return None


def redis():
    if not settings.REDIS_URL:
        return None
    try:
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            client.ping()
    except RedisError:
        return _("Redis ne répond pas : les écrans ont quelques secondes de retard.")


def travail():
    try:
        etats = lectures_du_travail.etats()
    except DatabaseError:
        return _("La base de données ne répond pas.")
    if any(etat.en_retard for etat in etats):
        return _("Le travail de fond n’a pas tourné à l’heure : lancez manage.py travailler.")
    if any(etat.echecs for etat in etats):
        return _("Une tâche du travail de fond échoue : le journal du serveur dit pourquoi.")
    return None


def disque():
    dossiers = {_existant(Path(settings.MEDIA_ROOT))}
    if connection.vendor == "sqlite":
        dossiers.add(_existant(Path(connection.settings_dict["NAME"]).parent))
    if min(shutil.disk_usage(dossier).free for dossier in dossiers) < PLACE:
        return _("Il reste moins de {n} Mo sur le disque.").format(n=PLACE // 1_000_000)
    return None


def _existant(dossier):
    return next(lieu for lieu in (dossier, *dossier.absolute().parents) if lieu.exists())


#: What is asked, in this order. Each gives a sentence, or nothing when all is well.
PARTIES = (base, migrations, ecrivain, redis, travail, disque)


@never_cache
@require_safe
def sante(_request):
    """200 when every part is well, 503 otherwise. Four queries at most; nothing that tells of the inside."""
    parties = {partie.__name__: partie() for partie in PARTIES}
    malades = [nom for nom, dit in parties.items() if dit]
    corps = {"etat": "panne" if malades else "ok", "parties": {nom: dit or "ok" for nom, dit in parties.items()}}
    return JsonResponse(corps, status=503 if malades else 200, json_dumps_params={"ensure_ascii": False})
