"""The room's page made once for many: rendered by Django for nobody in particular, with gaps to fill for each.

A mould is the answer Django gives (headers, policy and all) for a person whose name, key and code are marks drawn
at random, and who has said nothing. Serving it is joining bytes: a thousand phones that change screen together
cost about what thirty did.
"""

import re
import secrets
import time
from dataclasses import dataclass
from io import BytesIO
from types import SimpleNamespace

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.middleware.csrf import get_token
from django.utils.html import escape

from consultation.models import College, Participant
from consultation.textes import espacer_code

from .. import identite
from ..formulaires import nouvelle_cle
from .requete import Reponse

#: Seconds during which a mould may be late on what comes by the socket anyway (how many are there, what arrived).
RETARD = 1.0
#: Seconds during which a mould may be late on the clock: it says "Il reste 4 minutes".
AGE = 10.0
#: Moulds kept for one room: its colleges, languages, and who has an idea in which piste.
MOULES_MAX = 200
SECRET = re.compile(r"[a-zA-Z0-9]{32}\Z")
_ATTRIBUTS = (
    rb'(?<=name="csrfmiddlewaretoken" value=")(?P<csrf>[^"]+)|(?<=name="cle" value=")(?P<cle>[^"]+)'
    rb'|(?<=data-jeton=")(?P<jeton>[^"]+)|(?<=data-maintenant=")(?P<maintenant>\d+)'
)


@dataclass(frozen=True)
class Modele:
    """Whom a mould is made for: nobody, of one college, whose words are in `pistes`. Goes on the request."""

    college: int
    pistes: frozenset
    prenom: str
    moi: int
    code: str

    @classmethod
    def tirer(cls, college, pistes):
        """Marks that no page holds: they are drawn anew for each mould."""
        return cls(college, pistes, secrets.token_hex(12), secrets.randbits(52), secrets.token_hex(12))

    def participant(self, atelier):
        college = College.objects.get(pk=self.college)
        personne = Participant(pk=self.moi, prenom=self.prenom, college=college, consultation=atelier.consultation)
        personne.code_personnel = self.code
        return personne

    @property
    def trous(self):
        marques = {"prenom": self.prenom, "moi": str(self.moi), "code": espacer_code(self.code)}
        noms = [b"(?P<%s>%s)" % (nom.encode(), re.escape(marque).encode()) for nom, marque in marques.items()]
        return re.compile(b"|".join([*noms, _ATTRIBUTS]))


@dataclass(frozen=True)
class Moule:
    """A page cut at its gaps: `morceaux` alternates bytes and the names of what goes between."""

    ecran: tuple
    sequence: int
    fait: float
    entetes: dict
    morceaux: list

    def tient(self, memoire):
        """Whether it may still be served for this room."""
        age = time.monotonic() - self.fait
        return self.ecran == memoire.ecran and age < (AGE if self.sequence == memoire.sequence else RETARD)

    def remplir(self, memoire, numero, personne, secret):
        """Return the Reponse for one person; `secret`: their form cookie's."""
        celui = SimpleNamespace(pk=memoire.atelier)
        pleins = {
            "prenom": escape(personne.prenom),
            "moi": str(numero),
            "code": espacer_code(personne.code_personnel or ""),
            "csrf": get_token(SimpleNamespace(META={"CSRF_COOKIE": secret})),
            "cle": nouvelle_cle(),
            "jeton": identite.jeton_direct(Participant(pk=numero), celui),
            "maintenant": str(round(time.time() * 1000)),
        }
        pleins = {nom: valeur.encode() for nom, valeur in pleins.items()}
        corps = b"".join(pleins[morceau] if rang % 2 else morceau for rang, morceau in enumerate(self.morceaux))
        return Reponse(corps, 200, dict(self.entetes))


class Cuisine:
    """Makes moulds with Django's own handler and middleware, in a thread."""

    def __init__(self):
        self._django = BaseHandler()
        self._django.load_middleware()

    def faire(self, memoire, hote, college, langue, pistes):
        """Return the Moule, kept with the room, or None when Django does not answer 200."""
        modele = Modele.tirer(college, pistes)
        fait = time.monotonic()
        reponse = self._django.get_response(_requete(memoire.code, hote, langue, modele))
        if reponse.status_code != 200:
            return None
        entetes = {nom: valeur for nom, valeur in reponse.items() if nom != "Content-Length"}
        moule = Moule(memoire.ecran, memoire.sequence, fait, entetes, _couper(reponse.content, modele.trous))
        memoire.moules[college, langue, pistes] = moule
        while len(memoire.moules) > MOULES_MAX:
            memoire.moules.popitem(last=False)
        return moule


def _requete(code, hote, langue, modele):
    entetes = [
        (b"host", hote.encode("latin-1")),
        (b"cookie", f"{settings.LANGUAGE_COOKIE_NAME}={langue}".encode()),
        (_entete_https(), settings.SECURE_PROXY_SSL_HEADER[1].encode()),
    ]
    scope = {"type": "http", "method": "GET", "path": f"/a/{code}/", "query_string": b"", "headers": entetes}
    requete = ASGIRequest(scope | {"scheme": "http", "client": ("127.0.0.1", 0)}, BytesIO())
    requete.modele = modele
    return requete


def _entete_https():
    return settings.SECURE_PROXY_SSL_HEADER[0].removeprefix("HTTP_").replace("_", "-").lower().encode()


def _couper(corps, trous):
    morceaux, ou = [], 0
    for trou in trous.finditer(corps):
        morceaux += [corps[ou : trou.start()], trou.lastgroup]
        ou = trou.end()
    return [*morceaux, corps[ou:]]
