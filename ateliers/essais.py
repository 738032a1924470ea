"""The doors: how many wrong codes and how many newcomers pass before a small work is asked (`epreuve`).

No limit shuts a door: it makes each further try cost something, so that a right code always gets in. A room of 150
people is one address: each device is counted first, then the house (codes) or the room (newcomers), and only once
that is exhausted what each address still has for itself. Right codes are not counted. Addresses are kept nowhere
but here: as a keyed hash, for a minute. docs/domaine.md says what guessing then takes.

The counters are in the cache, shared by all processes where there are several.
"""

import ipaddress
import logging
import secrets
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from consultation.erreurs import Refus

from . import epreuve, identite
from .epreuve import incrementer

COOKIE = "germoir_appareil"
#: Wrong codes, and the seconds in which they are counted.
PAR_APPAREIL, FENETRE_APPAREIL = 8, 600
PAR_MAISON, PAR_ADRESSE, FENETRE = 120, 30, 60
#: Wrong codes that whoever is known may still type while the house is exhausted.
PAR_CONNU = 2
#: Newcomers: of one device (a table of eight may share one), of one room, then of each address.
ENTREES_APPAREIL, ENTREES_SALLE, ENTREES_ADRESSE = 12, 300, 180
_MAISON = "essais:maison"
_SEL, _SEL_ADRESSE = "ateliers.essais.appareil", "ateliers.essais.adresse"
logger = logging.getLogger(__name__)


class EpreuveDemandee(Refus):
    """Too many tries: `defi` must be answered first."""

    def __init__(self, defi, message):
        super().__init__("epreuve", message, statut=429, champ="code")
        self.defi = defi


@dataclass
class Visiteur:
    """Who is at a door. `ip`: "" where there is none; `compte`: key of the account logged in, or None.

    `prouve`: whether they have just given a proof.
    """

    cookies: dict
    ip: str
    compte: int | None = None
    prouve: bool = False

    @cached_property
    def connu(self):
        """Whether the device speaks as someone already, by its signed cookie or its account."""
        return bool(self.compte or self._entrees)

    @cached_property
    def _entrees(self):
        return identite.entrees(self.cookies)

    @cached_property
    def appareil(self):
        """Its number; a person's or an account's own, so that throwing the cookie away changes nothing."""
        if self.compte:
            return f"c{self.compte}"
        if self._entrees:
            return f"p{next(iter(self._entrees.values()))[0]}"
        return self._numero

    @cached_property
    def _numero(self):
        try:
            return signing.Signer(salt=_SEL).unsign(self.cookies.get(COOKIE, ""))
        except signing.BadSignature:
            return secrets.token_hex(8)

    @cached_property
    def adresse(self):
        """A keyed hash of the address: of its /64 in IPv6, which one subscriber has whole."""
        try:
            lue = ipaddress.ip_address(self.ip)
        except ValueError:
            return "aucune"
        reseau = f"{lue}/64" if lue.version == 6 else f"{lue}/32"
        reseau = str(ipaddress.ip_network(reseau, strict=False))
        return salted_hmac(_SEL_ADRESSE, reseau, algorithm="sha256").hexdigest()[:16]


def visiteur(request):
    """Return the Visiteur of a Django request, the same all along the request."""
    if "_visiteur" not in request.__dict__:
        compte = request.user.pk if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        request._visiteur = Visiteur(request.COOKIES, request.META.get("REMOTE_ADDR", ""), compte)
    return request._visiteur


def maison_tendue():
    """Whether strangers may be asked for a proof now."""
    return cache.get(_MAISON, 0) >= PAR_MAISON


def exiger(qui, champs):
    """Before a code is looked up: raise EpreuveDemandee 429 if a limit is reached and `champs` hold no proof."""
    lus = cache.get_many(
        [_MAISON, f"essais:{qui.appareil}", f"essais:{qui.adresse}", f"essais:passe:{qui.appareil}"]
    )
    faux = lus.get(f"essais:{qui.appareil}", 0)
    tendue = lus.get(_MAISON, 0) >= PAR_MAISON and lus.get(f"essais:{qui.adresse}", 0) >= PAR_ADRESSE
    connu = (qui.connu or f"essais:passe:{qui.appareil}" in lus) and faux < PAR_CONNU
    if faux < PAR_APPAREIL and (connu or not tendue):
        return
    _exiger_preuve(qui, champs, _("Trop de codes faux ont été essayés. Attendez cinq secondes, puis continuez."))
    qui.prouve = True


def compter(qui, releve=False):
    """Count one wrong code. `releve`: asked by a page by itself, again and again: a known device's own affair."""
    incrementer(f"essais:{qui.appareil}", FENETRE_APPAREIL)
    if releve and qui.connu:
        return
    if maison_tendue():
        incrementer(f"essais:{qui.adresse}", FENETRE)
    elif incrementer(_MAISON, FENETRE) == PAR_MAISON:
        logger.warning("Wrong codes reached %s in a minute: strangers are asked for a small proof.", PAR_MAISON)


def laisser_passer(qui):
    """A right code after a proof: what this device asks next needs none, for as long as it makes no mistake."""
    if qui.prouve:
        cache.set(f"essais:passe:{qui.appareil}", 1, FENETRE_APPAREIL)


def exiger_entree(qui, salle, champs, message=None):
    """Before a newcomer comes in: count them, and raise EpreuveDemandee 429 past the limits. `salle`: its code.

    The same for whoever answers a page: `salle` is any name of a door, `message` what is said past the limits.
    """
    siennes = incrementer(f"entrees:{qui.appareil}", FENETRE_APPAREIL)
    if siennes <= ENTREES_APPAREIL and _reste_une_entree(qui, salle):
        return
    trop = _("Beaucoup de monde entre en même temps. Attendez cinq secondes, puis continuez.")
    _exiger_preuve(qui, champs, message or trop)


def _reste_une_entree(qui, salle):
    if incrementer(f"entrees:salle:{salle}", FENETRE) <= ENTREES_SALLE:
        return True
    return incrementer(f"entrees:{salle}:{qui.adresse}", FENETRE) <= ENTREES_ADRESSE


def _exiger_preuve(qui, champs, message):
    defi = champs.get("defi", "")
    if not defi or not epreuve.est_passee(qui.adresse, defi, champs.get("preuve", "")):
        raise EpreuveDemandee(epreuve.poser(qui.adresse), message)


def marquer(request, response):
    """Give the device its number, if it has none, so that its own mistakes are counted apart from the others'."""
    if not request.COOKIES.get(COOKIE):
        response.set_cookie(
            COOKIE,
            signing.Signer(salt=_SEL).sign(visiteur(request)._numero),
            max_age=FENETRE_APPAREIL * 6,
            httponly=True,
            secure=settings.HTTPS,
            samesite="Lax",
        )
