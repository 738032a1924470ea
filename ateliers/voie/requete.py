"""What the fast lane reads of a request and writes of an answer, straight from ASGI."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host

from ..essais import Visiteur
from .compression import assembler, comprimer

#: Bytes of a body the lane reads: a ballot of a hundred pistes holds in two thousand.
CORPS_MAX, CHAMPS_MAX = 16_384, 1000
#: Below this many bytes, compressing makes an answer heavier.
A_COMPRIMER = 600


class Requete:
    """One HTTP request. `corps` is read by `lire`; what was received can be replayed to Django."""

    def __init__(self, scope, receive):
        self.scope, self._receive = scope, receive
        self.methode, self.chemin = scope["method"], scope["path"]
        self.demande = scope["query_string"]
        self.entetes = {nom: valeur.decode("latin-1") for nom, valeur in scope["headers"]}
        self.corps, self._recus = b"", []

    @cached_property
    def cookies(self):
        return parse_cookie(self.entetes.get(b"cookie", ""))

    @cached_property
    def visiteur(self):
        client = self.scope.get("client")
        return Visiteur(self.cookies, client[0] if client else "")

    @cached_property
    def langue(self):
        """As `plateforme.langue` chooses it."""
        voulue = self.cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
        return voulue if voulue in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    @property
    def comprime(self):
        return "gzip" in self.entetes.get(b"accept-encoding", "")

    def est_attendue(self):
        """Whether the host is one of ours, over the scheme we serve: Django answers the others."""
        if not _est_a_nous(self.entetes.get(b"host", ""), tuple(settings.ALLOWED_HOSTS)):
            return False
        nom, valeur = settings.SECURE_PROXY_SSL_HEADER
        sure = self.scope["scheme"] == "https" or self.entetes.get(_nom(nom)) == valeur
        return sure or not settings.SECURE_SSL_REDIRECT

    def vient_d_ici(self):
        """Whether a page of this very site sent it: browsers put the origin on each POST of a script.

        With it no form token is needed (OWASP, Cross-Site Request Forgery Prevention, "verifying origin").
        """
        origine = self.entetes.get(b"origin", "")
        return bool(origine) and urlsplit(origine).netloc == self.entetes.get(b"host")

    def formulaire(self):
        """The fields of a body that `lire` read, each once. Raises ValueError when it is no form of ours."""
        champs = parse_qsl(self.corps.decode(), keep_blank_values=True, max_num_fields=CHAMPS_MAX)
        return dict(champs)

    async def lire(self):
        """Read the body into `corps`. False when it is too long, or does not say how long: it is left as it is."""
        longueur = self.entetes.get(b"content-length", "")
        if not longueur.isdecimal() or int(longueur) > CORPS_MAX:
            return False
        morceaux = []
        while True:
            recu = await self._receive()
            self._recus.append(recu)
            morceaux.append(recu.get("body", b""))
            if not recu.get("more_body"):
                self.corps = b"".join(morceaux)
                return recu["type"] == "http.request"

    async def receive(self):
        """The ASGI `receive` to hand on: gives first what was already taken."""
        return self._recus.pop(0) if self._recus else await self._receive()


@lru_cache(64)
def _est_a_nous(hote, permis):
    domaine, _port = split_domain_port(hote)
    return bool(domaine) and validate_host(domaine, permis)


def _nom(meta):
    return meta.removeprefix("HTTP_").replace("_", "-").lower().encode()


@dataclass
class Reponse:
    """`degonfles()` gives the pieces of `corps` as `compression` made them: of what is served to many."""

    corps: bytes = b""
    statut: int = 200
    entetes: dict = field(default_factory=dict)
    degonfles: Callable | None = None

    @classmethod
    def json(cls, valeur, statut=200, **entetes):
        corps = json.dumps(valeur).encode()
        return cls(corps, statut, {"Content-Type": "application/json", "Cache-Control": "no-store", **entetes})

    @classmethod
    def de_django(cls, reponse):
        """The same answer, made by Django's own class; one cookie at most."""
        entetes = dict(reponse.items())
        for biscuit in reponse.cookies.values():
            entetes["Set-Cookie"] = biscuit.OutputString()
        return cls(reponse.content, reponse.status_code, entetes)

    def comprimer(self):
        """Compress the body if it is worth it, and say that the answer depends on what the browser accepts."""
        self.entetes["Vary"] = ", ".join(filter(None, (self.entetes.get("Vary"), "Accept-Encoding")))
        if len(self.corps) > A_COMPRIMER:
            self.corps = assembler(self.corps, self.degonfles()) if self.degonfles else comprimer(self.corps)
            self.entetes["Content-Encoding"] = "gzip"

    async def envoyer(self, send):
        entetes = {"X-Content-Type-Options": "nosniff", **self.entetes}
        if self.statut != 304:  # whose length would be that of what is not sent
            entetes["Content-Length"] = str(len(self.corps))
        lignes = [(nom.lower().encode("latin-1"), valeur.encode("latin-1")) for nom, valeur in entetes.items()]
        await send({"type": "http.response.start", "status": self.statut, "headers": lignes})
        await send({"type": "http.response.body", "body": self.corps})
