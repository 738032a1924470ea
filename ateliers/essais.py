"""Wrong personal codes: how many are let pass, so that nobody enters by guessing and nobody is shut out by a room.

A personal code is 8 signs out of 26: about 2e11. It opens one person's page and lets one speak as them, nothing
more. Two limits, neither of them on an IP address, since a seminar of 150 people is one address:

- per device, 8 wrong codes in 10 minutes. It helps people ("ask for help") more than it stops anyone: who throws
  the cookie away is a new device.
- for the whole house, 120 wrong codes a minute, then strangers wait. This is what holds against a script, however
  many addresses it has: with 10,000 living codes, 120 tries a minute give one hit in about 120 days of ceaseless
  attack, and each minute of it is one line in the log. Right codes are refused too while it lasts, otherwise the
  limit would not be one; who is already known to us by their cookie still passes, and anyone can enter with the
  code on the wall. Three hundred people mistyping their code once in the same minute would be an odd seminar.

Codes on the wall (6 signs) are public to the room and are not counted.
"""

import logging
import secrets

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils.translation import gettext as _

from consultation.erreurs import Refus

from . import identite

COOKIE = "germoir_appareil"
PAR_APPAREIL, FENETRE_APPAREIL = 8, 600  # wrong codes, seconds
PAR_MAISON, FENETRE_MAISON = 120, 60
_CLE_MAISON = "essais:maison"
_SEL = "ateliers.essais.appareil"
logger = logging.getLogger(__name__)


def verifier(request):
    """Raise Refus 429 when this device, or the whole house, has seen too many wrong personal codes lately."""
    if cache.get(_cle_appareil(request), 0) >= PAR_APPAREIL:
        raise Refus(
            "trop_d_essais",
            _("Trop de codes faux. Attendez dix minutes, ou demandez de l’aide à une personne de l’équipe."),
            statut=429,
            champ="code",
        )
    if cache.get(_CLE_MAISON, 0) >= PAR_MAISON and not identite.participants_de(request):
        raise Refus(
            "maison_occupee",
            _("Attendez une minute et essayez encore. Dans la salle, entrez avec le code écrit sur l’écran."),
            statut=429,
            champ="code",
        )


def compter(request):
    """Count one wrong personal code."""
    if _incrementer(_CLE_MAISON, FENETRE_MAISON) == PAR_MAISON:
        logger.warning("Wrong personal codes reached %s in a minute: strangers wait.", PAR_MAISON)
    _incrementer(_cle_appareil(request), FENETRE_APPAREIL)


def marquer(request, response):
    """Give the device its number, if it has none, so that its own mistakes are counted apart from the others'."""
    if not request.COOKIES.get(COOKIE):
        response.set_cookie(
            COOKIE,
            signing.Signer(salt=_SEL).sign(_numero(request)),
            max_age=FENETRE_APPAREIL * 6,
            httponly=True,
            secure=settings.HTTPS,
            samesite="Lax",
        )


def _numero(request):
    """Return this device's number: from its signed cookie, or a new one kept for the rest of the request."""
    if "_appareil" not in request.__dict__:
        try:
            request._appareil = signing.Signer(salt=_SEL).unsign(request.COOKIES.get(COOKIE, ""))
        except signing.BadSignature:
            request._appareil = secrets.token_hex(8)
    return request._appareil


def _cle_appareil(request):
    return f"essais:appareil:{_numero(request)}"


def _incrementer(cle, fenetre):
    """Add one to a counter that empties `fenetre` seconds after its first count."""
    cache.add(cle, 0, fenetre)
    try:
        return cache.incr(cle)
    except ValueError:  # it emptied between the two
        cache.set(cle, 1, fenetre)
        return 1
