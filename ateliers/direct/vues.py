"""The state of a room at a URL: for polling when sockets do not pass, for late joins and for catching up."""

from time import time

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from .. import lectures
from ..identite import verifier_jeton
from .cadres import AUDIENCES, CONSOLE, PARTICIPANTS
from .etats import corps_du_snapshot


@require_safe
def etat(request, code):
    """GET /a/<code>/etat.json?pour=participants|projection|console, with an ETag. The console needs its token."""
    atelier = lectures.atelier_par_code(code)
    pour = request.GET.get("pour", PARTICIPANTS)
    if atelier is None or pour not in AUDIENCES:
        raise Http404
    if pour == CONSOLE and not _peut_lire_la_console(request, atelier):
        return _reponse(HttpResponse(status=403))
    sequence, corps = corps_du_snapshot(atelier.pk, pour)
    etag = f'"{atelier.pk}-{pour}-{sequence}"'
    if etag in request.headers.get("If-None-Match", "").replace("W/", ""):
        return _reponse(HttpResponseNotModified(), etag)
    return _reponse(HttpResponse(corps, content_type="application/json; charset=utf-8"), etag)


def _peut_lire_la_console(request, atelier):
    jeton = verifier_jeton(request.GET.get("jeton", ""))
    return jeton is not None and (jeton.atelier_id, jeton.audience) == (atelier.pk, CONSOLE)


def _reponse(reponse, etag=""):
    if etag:
        reponse["ETag"] = etag
    reponse["Cache-Control"] = "no-cache"
    reponse["X-Maintenant"] = str(round(time() * 1000))
    return reponse
