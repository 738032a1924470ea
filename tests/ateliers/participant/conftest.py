"""A participant's phone reaches the room by both ways: Django alone, and the fast lane in front of it."""

import asyncio
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler, FakePayload

from ateliers.voie import memoire, moules
from ateliers.voie.application import VoieRapide
from consultation import guichet

from . import gestes


class _Suite:
    """What stands behind the lane: says that it was reached, and answers nothing itself."""

    async def __call__(self, scope, _receive, _send):
        scope["atteint"] = True

    def fermer(self):
        pass


class ParLaVoie(ClientHandler):
    """Django's test handler with the lane before it, which hands over what it does not take.

    `prises`: how many requests the lane has answered, all phones together.
    """

    prises = 0
    voie = None

    def __call__(self, environ):
        corps = environ["wsgi.input"].read()
        if messages := asyncio.run(self._par_la_voie(environ, corps)):
            ParLaVoie.prises += 1
            return _reponse(environ, *messages)
        environ["wsgi.input"] = FakePayload(corps)
        return super().__call__(environ)

    async def _par_la_voie(self, environ, corps):
        entetes = {nom[5:].replace("_", "-").lower(): v for nom, v in environ.items() if nom.startswith("HTTP_")}
        entetes |= {"host": environ["SERVER_NAME"], "content-length": str(len(corps))}
        entetes["content-type"] = environ.get("CONTENT_TYPE", "")
        scope = {"type": "http", "method": environ["REQUEST_METHOD"], "scheme": "http", "atteint": False}
        scope |= {"path": environ["PATH_INFO"], "query_string": environ["QUERY_STRING"].encode()}
        scope["headers"] = [(nom.encode(), str(valeur).encode()) for nom, valeur in entetes.items()]
        envoyes = []

        async def receive():
            return {"type": "http.request", "body": corps}

        async def send(message):
            envoyes.append(message)

        await self.voie(scope, receive, send)
        return [] if scope["atteint"] else envoyes


class TelephoneParLaVoie(Client):
    def __init__(self, **options):
        super().__init__(**options)
        self.handler = ParLaVoie(enforce_csrf_checks=False)
        self.cookies["csrftoken"] = "abcdefgh" * 4  # as a phone that has seen one page

    def post(self, path, data=None, *arguments, **entetes):
        """As a browser sends a form: encoded in the address's way, with the page's own origin."""
        entetes = {"HTTP_ORIGIN": "http://testserver", **entetes}
        return super().post(path, urlencode(data or {}), "application/x-www-form-urlencoded", **entetes)


def _reponse(environ, debut, fin):
    reponse = HttpResponse(fin["body"], status=debut["status"])
    reponse.wsgi_request = WSGIRequest(environ)
    for nom, valeur in debut["headers"]:
        if nom == b"set-cookie":
            reponse.cookies.load(valeur.decode())
        else:
            reponse[nom.decode()] = valeur.decode()
    return reponse


@pytest.fixture(autouse=True, params=["Django alone", "the fast lane"])
def chemin(request, monkeypatch):
    """Which way the phones of this test take. By the lane, on a base that its threads see too.

    Yields the class that counts what the lane answered.
    """
    monkeypatch.setattr(ParLaVoie, "prises", 0)
    if request.param == "Django alone":
        yield ParLaVoie
        return
    request.getfixturevalue("base_partagee")
    guichet.ouvrir()
    monkeypatch.setattr(ParLaVoie, "voie", VoieRapide(_Suite()))
    monkeypatch.setattr(gestes, "Client", TelephoneParLaVoie)
    yield ParLaVoie
    ParLaVoie.voie.fermer()
    guichet.fermer()


@pytest.fixture
def sans_vieillir(monkeypatch):
    """What the lane remembers does not grow old: on a slow machine it would be read anew while a test counts."""
    monkeypatch.setattr(memoire, "VIE", 3600)
    monkeypatch.setattr(moules, "AGE", 3600)
