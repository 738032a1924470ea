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
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import escape

from consultation.models import College, Participant
from consultation.textes import espacer_code

from .. import identite
from ..formulaires import nouvelle_cle
from ..lectures import deja_lue
from ..lectures.bulletins import tour_de
from .compression import degonfler, stocker
from .requete import Reponse

#: Seconds during which a mould may be late on what comes by the socket anyway (how many are there, what arrived).
RETARD = 1.0
#: Seconds during which a mould may be late on what does not raise the room's sequence, its clock among others.
AGE = 3.0
#: Moulds kept for one room: its colleges, languages, and who has an idea in which piste.
MOULES_MAX = 200
SECRET = re.compile(r"[a-zA-Z0-9]{32}\Z")
_ATTRIBUTS = (
    rb'(?<=name="csrfmiddlewaretoken" value=")(?P<csrf>[^"]+)|(?<=name="cle" value=")(?P<cle>[^"]+)'
    rb'|(?<=data-jeton=")(?P<jeton>[^"]+)|(?<=data-maintenant=")(?P<maintenant>\d+)'
)


@dataclass(frozen=True)
class Modele:
    """Whom a mould is made for: nobody, of one college, whose words are in `pistes`.

    During a long ballot, `pistes` is the order it is shown in instead: an int, see `lectures.bulletins`.
    """

    college: int
    pistes: frozenset | int
    prenom: str
    moi: int
    code: str

    @classmethod
    def tirer(cls, college, pistes):
        """Marks that no page holds: they are drawn anew for each mould, and as long each time."""
        moi = 2**52 + secrets.randbits(52)
        while isinstance(pistes, int) and tour_de(moi) != pistes:
            moi = 2**52 + secrets.randbits(52)
        return cls(college, pistes, secrets.token_hex(12), moi, secrets.token_hex(12))

    def participant(self, memoire):
        """The person of these marks, known as someone who has come into the room."""
        college = College.objects.get(pk=self.college)
        personne = Participant(pk=self.moi, prenom=self.prenom, college=college, code_personnel=self.code)
        personne.consultation_id = memoire.consultation
        pistes = frozenset() if isinstance(self.pistes, int) else self.pistes
        deja_lue(personne, memoire.atelier, memoire.espace, pistes)
        return personne

    @property
    def trous(self):
        marques = {"prenom": self.prenom, "moi": str(self.moi), "code": espacer_code(self.code)}
        noms = [b"(?P<%s>%s)" % (nom.encode(), re.escape(marque).encode()) for nom, marque in marques.items()]
        return re.compile(b"|".join([*noms, _ATTRIBUTS]))


@dataclass(frozen=True)
class Moule:
    """A page cut at its gaps: `morceaux` alternates bytes and the names of what goes between.

    `degonfles`: the same, its bytes deflated. `suit_la_salle`: whether it shows what is going on in the room.
    """

    suit_la_salle: bool
    ecran: tuple
    sequence: int
    fait: float
    entetes: dict
    morceaux: list
    degonfles: list

    def tient(self, memoire):
        """Whether it may still be served for this room.

        What the organiser changes elsewhere (a college's name, the end of the consultation) does not raise the
        room's sequence: nothing is served longer than a few seconds.
        """
        age = time.monotonic() - self.fait
        bouge = self.suit_la_salle and self.sequence != memoire.sequence
        return self.ecran == memoire.ecran and age < (RETARD if bouge else AGE)

    def remplir(self, secret, **pleins):
        """Return the Reponse for one person. `pleins`: what goes in the gaps, escaped where it must be.

        `secret`: that of their form cookie; "" draws one and sets the cookie.
        """
        formulaire = SimpleNamespace(META={"CSRF_COOKIE": secret} if secret else {})
        pleins |= {"csrf": get_token(formulaire), "cle": nouvelle_cle()}
        pleins["maintenant"] = str(round(time.time() * 1000))
        pleins = {nom: valeur.encode() for nom, valeur in pleins.items()}
        corps = b"".join(pleins[morceau] if rang % 2 else morceau for rang, morceau in enumerate(self.morceaux))
        entetes = dict(self.entetes)
        if not secret:
            entetes["Set-Cookie"] = _cookie_de_formulaire(formulaire.META["CSRF_COOKIE"])
        return Reponse(corps, 200, entetes, lambda: self._degonfles(pleins))

    def _degonfles(self, pleins):
        stockes = {nom: stocker(valeur) for nom, valeur in pleins.items()}
        return [stockes[morceau] if rang % 2 else morceau for rang, morceau in enumerate(self.degonfles)]


def pleins_de(memoire, numero, personne):
    """What goes in the gaps of the room's page for one of its people."""
    return {
        "prenom": escape(personne.prenom),
        "moi": str(numero),
        "code": espacer_code(personne.code_personnel or ""),
        "jeton": identite.jeton_direct(
            Participant(pk=numero, generation=personne.generation),
            SimpleNamespace(pk=memoire.atelier, acces=memoire.acces),
        ),
    }


def _cookie_de_formulaire(secret):
    """The Set-Cookie of `django.middleware.csrf`, for a phone that has none yet."""
    porteuse = HttpResponse()
    porteuse.set_cookie(
        settings.CSRF_COOKIE_NAME,
        secret,
        max_age=settings.CSRF_COOKIE_AGE,
        domain=settings.CSRF_COOKIE_DOMAIN,
        path=settings.CSRF_COOKIE_PATH,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=settings.CSRF_COOKIE_HTTPONLY,
        samesite=settings.CSRF_COOKIE_SAMESITE,
    )
    return porteuse.cookies[settings.CSRF_COOKIE_NAME].OutputString()


class Cuisine:
    """Makes moulds with Django's own handler and middleware, in a thread."""

    def __init__(self):
        self._django = BaseHandler()
        self._django.load_middleware()

    def faire(self, memoire, hote, langue, *pour):
        """Return the Moule of the room's page, or None when Django does not answer 200; it is kept with the room.

        `pour`: the end of its address, the college and the pistes of the person it is for; nothing, for the page
        that welcomes newcomers.
        """
        modele = Modele.tirer(*pour[1:]) if pour else None
        fait = time.monotonic()
        chemin = f"/a/{memoire.code}/{pour[0]}" if pour else f"/r/{memoire.code}/"
        requete = _requete(chemin, hote, langue)
        if modele:
            identite.connaitre(requete, modele.participant(memoire))
        reponse = self._django.get_response(requete)
        if reponse.status_code != 200:
            return None
        entetes = {nom: valeur for nom, valeur in reponse.items() if nom != "Content-Length"}
        morceaux = _couper(reponse.content, modele.trous if pour else re.compile(_ATTRIBUTS))
        degonfles = [morceau if rang % 2 else degonfler(morceau) for rang, morceau in enumerate(morceaux)]
        suit = bool(pour) and pour[0] == ""  # neither the welcome nor one's personal code
        moule = Moule(suit, memoire.ecran, memoire.sequence, fait, entetes, morceaux, degonfles)
        memoire.moules[langue, *pour] = moule
        while len(memoire.moules) > MOULES_MAX:
            memoire.moules.popitem(last=False)
        return moule


def _requete(chemin, hote, langue):
    entetes = [
        (b"host", hote.encode("latin-1")),
        (b"cookie", f"{settings.LANGUAGE_COOKIE_NAME}={langue}".encode()),
        (_entete_https(), settings.SECURE_PROXY_SSL_HEADER[1].encode()),
    ]
    scope = {"type": "http", "method": "GET", "path": chemin, "query_string": b"", "headers": entetes}
    return ASGIRequest(scope | {"scheme": "http", "client": ("127.0.0.1", 0)}, BytesIO())


def _entete_https():
    return settings.SECURE_PROXY_SSL_HEADER[0].removeprefix("HTTP_").replace("_", "-").lower().encode()


def _couper(corps, trous):
    morceaux, ou = [], 0
    for trou in trous.finditer(corps):
        morceaux += [corps[ou : trou.start()], trou.lastgroup]
        ou = trou.end()
    return [*morceaux, corps[ou:]]
