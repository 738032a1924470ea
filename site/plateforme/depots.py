"""How much may be sent at once. Said by the site itself, so that it holds whatever stands in front of it.

Two limits, in bytes: what the desk takes (images, documents), and what any other form takes. A body announced as
too big is not read at all; one that does not say its size is cut as soon as it passes the limit.
"""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

_MEGA = 1_000_000
#: Set in the scope by `Bornes`, read by `TropLourd`.
_SIGNE = "germoir.trop_lourd"


def limite(chemin):
    """Return how many bytes may be sent to this path."""
    if chemin.startswith("/gestion/"):
        return settings.DEPOT_MAX * _MEGA
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class Bornes:
    """ASGI: in front of everything that reads a body."""

    def __init__(self, application):
        self.application = application

    def fermer(self):
        self.application.fermer()

    async def __call__(self, scope, receive, send):
        permis = limite(scope["path"])
        annonce = dict(scope["headers"]).get(b"content-length", b"0")
        if annonce.isdigit() and int(annonce) > permis:
            entetes = [(nom, valeur) for nom, valeur in scope["headers"] if nom not in _DU_CORPS]
            scope = {**scope, "headers": entetes, _SIGNE: True}
            await self.application(scope, _SansCorps(receive), send)
        else:
            await _Lecture(permis, receive, send).servir(self.application, scope)


#: Headers that speak of the body that is not read.
_DU_CORPS = (b"content-length", b"content-type")


class _SansCorps:
    """What is received of a request whose body is left unread: nothing, then the end of the connection."""

    def __init__(self, receive):
        self.receive, self.dit = receive, False

    async def __call__(self):
        if not self.dit:
            self.dit = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (message := await self.receive())["type"] != "http.disconnect":
            pass  # what still comes is dropped as it comes
        return message


class _Lecture:
    """One request whose body is counted as it comes."""

    def __init__(self, permis, receive, send):
        self.permis, self.receive, self.send = permis, receive, send
        self.lus, self.repondu, self.trop = 0, False, False

    async def servir(self, application, scope):
        await application(scope, self._recevoir, self._envoyer)
        if self.trop and not self.repondu:
            corps = _phrase(self.permis).encode()
            entetes = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
            await self.send({"type": "http.response.start", "status": 413, "headers": entetes})
            await self.send({"type": "http.response.body", "body": corps})

    async def _recevoir(self):
        message = await self.receive()
        self.lus += len(message.get("body", b""))
        if self.lus > self.permis:
            self.trop = True
            return {"type": "http.disconnect"}
        return message

    async def _envoyer(self, message):
        self.repondu = True
        await self.send(message)


class TropLourd:
    """Middleware: the page that says so, for what `Bornes` did not read or, without ASGI, what is announced."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        annonce = request.META.get("CONTENT_LENGTH") or "0"
        permis = limite(request.path)
        if getattr(request, "scope", {}).get(_SIGNE) or (annonce.isdigit() and int(annonce) > permis):
            return trop_lourd(request, permis)
        return self.get_response(request)


def trop_lourd(request, permis):
    """Return the 413, in JSON to a script, else a page."""
    if request.headers.get("accept", "").startswith("application/json"):
        return JsonResponse({"code": "trop_lourd", "message": _phrase(permis), "champ": None}, status=413)
    return render(request, "413.html", {"phrase": _phrase(permis)}, status=413)


def _phrase(permis):
    return _("C’est trop lourd : %(n)d Mo au plus. Rien n’a été enregistré. Envoyez un fichier plus petit.") % {
        "n": permis // _MEGA
    }
