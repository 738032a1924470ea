"""The state of a room at a URL: for polling when sockets do not pass, for late joins and for catching up."""

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from .. import essais, identite
from ..reponses import repondre_refus
from . import presence
from .cadres import PARTICIPANTS
from .etats import TYPE_JSON, instantane


@require_safe
def etat(request, code):
    """GET /a/<code>/etat.json?pour=participants|projection|console, with an ETag. The console needs its token."""
    qui = essais.visiteur(request)
    try:
        essais.exiger(qui, {})
    except essais.EpreuveDemandee as refus:
        return repondre_refus(refus)
    lu = instantane(code, request.GET.get("pour", PARTICIPANTS))
    if lu is None:
        essais.compter(qui, releve=True)
        raise Http404
    if not lu.peut_encore_lire(request.GET.get("jeton", "")):
        return HttpResponse(status=403, headers={"Cache-Control": "no-cache"})
    if lu.pour == PARTICIPANTS:
        presence.voir_telephone(lu.atelier, identite.entrees(request.COOKIES))
        presence.ecrire([presence.a_ecrire()])
    if lu.est_connu(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers=lu.entetes())
    return HttpResponse(lu.corps, content_type=TYPE_JSON, headers=lu.entetes())
