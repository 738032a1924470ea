"""When the base cannot be written or reached: one plain answer for every page and act, instead of an error.

A full disk, a base locked for too long or restarted is nobody's mistake and passes: 503, `Retry-After`, a sentence
that says what to do, and what was typed, ready to be sent again with the same key. Phones keep the act and send it
again by themselves (`ateliers/js/poste.js`).
"""

import errno
import logging
import sqlite3
import sys

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from .saisies import champs_de, ecrits

logger = logging.getLogger(__name__)

#: Seconds after which to try again, as told to the client.
ATTENTE = 5
#: What passes, among SQLite's errors; the others (no such table…) are faults of ours.
_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
_DISQUE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def passagere(erreur):
    """Whether the same request may succeed later: the base or the disk cannot take it now."""
    if isinstance(erreur, OSError):
        return erreur.errno in _DISQUE
    if not isinstance(erreur, OperationalError | InterfaceError):
        return False
    code = getattr(erreur.__cause__, "sqlite_errorcode", None)
    return code is None or code & 0xFF in _SQLITE


class Pannes:
    """Middleware: what a view could not do because of the base is answered by `indisponible`."""

    sync_capable = async_capable = True

    def __init__(self, get_response):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, erreur):
        if not passagere(erreur):
            return None
        # One line: a trace for each of a thousand votes would fill what is left of the disk.
        logger.error("%s %s put off: %s", request.method, request.path, str(erreur).strip())
        # The form was checked before the view: what it held may be shown again.
        return indisponible(request, saisie=request.POST, fichiers=request.FILES)


class Seances(SessionMiddleware):
    """Django's, but a session that the base could not write is put off too, instead of said closed by someone."""

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, OperationalError) as erreur:
            cause = erreur
            while cause is not None and not passagere(cause):
                cause = cause.__context__
            if cause is None:
                raise
            logger.error(
                "%s %s put off, its session could not be written: %s", request.method, request.path, cause
            )
            return indisponible(request)


def erreur_interne(request):
    """What Django calls for an error met outside of a view: in a middleware, or a fault of ours."""
    return indisponible(request) if passagere(sys.exc_info()[1]) else server_error(request)


def indisponible(request, saisie=None, fichiers=None):
    """Return the 503: JSON to a script, else a page with what was typed and the button that sends it again."""
    envoi = request.method not in ("GET", "HEAD")
    if _veut_json(request):
        corps = {"code": "indisponible", "message": _phrase(envoi), "champ": None}
        reponse = JsonResponse(corps, status=503)
    else:
        reponse = render(request, "503.html", _page(envoi, saisie or {}, fichiers), status=503)
    reponse["Retry-After"] = str(ATTENTE)
    reponse["Cache-Control"] = "no-store"
    return reponse


def _page(envoi, saisie, fichiers):
    champs = champs_de(saisie) if saisie else []
    entiers = not fichiers and not any("password" in nom for nom in saisie)
    return {
        "phrase": _phrase(envoi),
        "champs": champs if entiers else [],
        "ecrits": ecrits(champs),
    }


def _phrase(envoi):
    if envoi:
        return _("Le site ne peut rien enregistrer pour le moment. Attendez un peu, puis envoyez à nouveau.")
    return _("Le site ne répond pas pour le moment. Attendez un peu, puis rechargez la page.")


def _veut_json(request):
    return request.headers.get("accept", "").startswith("application/json") or request.path.endswith(".json")
