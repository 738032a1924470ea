"""Who holds this phone: a signed cookie for pages, a signed token for sockets. No account, no session row.

The cookie holds an entry per consultation, `{consultation_id: [participant_id, generation, appareil]}`. Reissuing
someone's code raises their generation, which lets go of every device that holds the former one. `appareil` is
drawn when the device becomes theirs: a ballot keeps it, and what was chosen is shown to that device alone. A code
that others printed opens a page, never votes.
"""

import secrets
import time
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core import signing

from consultation.models import Participant
from consultation.requetes import PreteEnObjets

COOKIE = "germoir_participant"
DUREE_COOKIE = 400 * 24 * 3600  # seconds: what became of a proposition is looked up months later
DUREE_JETON = 3 * 24 * 3600  # seconds: a page left open during a whole seminar keeps its socket
VERIFIEE = 3600  # seconds during which a signature that was good is not checked again
MAX_ENTREES = 20  # a cookie must stay under 4 kB; the oldest entries give way
_SEL_COOKIE = "ateliers.identite.cookie"
_SEL_JETON = "ateliers.identite.jeton"

PARTICIPANTS, PROJECTION, CONSOLE = "participants", "projection", "console"


@dataclass(frozen=True)
class Jeton:
    """What a socket may hear: one atelier, one audience; `participant_id` is None for other audiences.

    `acces`: that of the room when it was signed; `porteur`: the participant's generation, or a console's account.
    While the room's `acces` has not moved, nobody's access has ended: see `direct.acces`.
    """

    atelier_id: int
    audience: str
    participant_id: int | None = None
    acces: int = 0
    porteur: int | None = None


def entrees(cookies):
    """Return the device’s entries, {consultation_id: (participant_id, generation)}; anything forged is none."""
    return {
        consultation: (numero, generation) for consultation, (numero, generation, _a) in _lues(cookies).items()
    }


def appareils(cookies):
    """Return {consultation_id: the device's own mark there}; "" for an entry made before there were any."""
    return {consultation: appareil for consultation, (_p, _g, appareil) in _lues(cookies).items()}


def _lues(cookies):
    try:
        lues = _verifiees(cookies.get(COOKIE, ""), settings.SECRET_KEY, int(time.time()) // VERIFIEE)
        return dict(lues)  # whoever asks may change it
    except (signing.BadSignature, AttributeError, TypeError, ValueError):
        return {}


@lru_cache(maxsize=2048)
def _verifiees(signees, _cle, _moment):
    """{consultation_id: (participant_id, generation, device's mark)}; raises what a forged cookie raises.

    A phone shows the same cookie with each thing it asks, and each is looked at two or three times: checking the
    signature was a tenth of a room's state. What is refused is not remembered.
    """
    brut = signing.loads(signees, salt=_SEL_COOKIE, max_age=DUREE_COOKIE)
    return {int(c): (int(p), int(g), str(*a)) for c, (p, g, *a) in brut.items()}


def _vivants():
    return Participant.objects.filter(efface_le__isnull=True).select_related("college", "consultation")


_qui = PreteEnObjets(
    Participant,
    lambda pk, generation, consultation: Participant.objects.filter(
        pk=pk, generation=generation, consultation=consultation, efface_le=None
    ).order_by(),
    ["college", "consultation"],
)


def participant_de(request, consultation):
    """Return whom this device speaks as in `consultation`, or None. One query at most per request."""
    connus = request.__dict__.setdefault("_participants", {})
    if consultation.pk not in connus:
        connus[consultation.pk] = qui_parle(entrees(request.COOKIES), consultation)
    return connus[consultation.pk]


def connaitre(request, participant):
    """Note whom this request comes from, when its sender knows it otherwise than by a device."""
    request.__dict__.setdefault("_participants", {})[participant.consultation_id] = participant


def qui_parle(entrees, consultation):
    """Return the Participant that a device's `entrees` name in `consultation`, or None. One query at most."""
    numero, generation = entrees.get(consultation.pk, (None, None))
    if numero is None:
        return None
    return next(iter(_qui(numero, generation, consultation.pk)), None)


def participants_de(request):
    """Return every participant this device speaks as, the latest consultation entered first. One query."""
    connues = entrees(request.COOKIES)
    trouves = _vivants().in_bulk([numero for numero, _generation in connues.values()])
    vus = [
        participant
        for consultation_id, (numero, generation) in reversed(connues.items())
        if (participant := trouves.get(numero))
        and (participant.consultation_id, participant.generation) == (consultation_id, generation)
    ]
    for participant in vus:
        connaitre(request, participant)
    return vus


def retenir(response, participant, *, cookies):
    """Make the device, which sent `cookies`, speak as `participant`; its other consultations are kept."""
    connues = _lues(cookies)
    qui, appareil = (participant.pk, participant.generation), secrets.token_urlsafe(12)
    *deja, le_sien = connues.pop(participant.consultation_id, (None, None, ""))
    connues[participant.consultation_id] = (*qui, le_sien if tuple(deja) == qui else appareil)
    _poser(response, dict(list(connues.items())[-MAX_ENTREES:]))


def oublier(response, consultation=None, *, cookies=None):
    """Let the device forget whom it speaks as: in one consultation (`cookies` are then needed), or everywhere."""
    connues = _lues(cookies) if consultation else {}
    if consultation:
        connues.pop(consultation.pk, None)
    if connues:
        _poser(response, connues)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")


def _poser(response, connues):
    response.set_cookie(
        COOKIE,
        signing.dumps(connues, salt=_SEL_COOKIE),
        max_age=DUREE_COOKIE,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def jeton_direct(qui, atelier, compte=None):
    """Return the token that opens the atelier's socket for a Participant, or for an audience's name.

    `compte`: whose console it is. The caller has checked that they may listen; the socket then trusts the
    signature, without a query, until someone's access to the room ends.
    """
    participant_id = qui.pk if isinstance(qui, Participant) else None
    audience = PARTICIPANTS if participant_id else qui
    porteur = qui.generation if participant_id else getattr(compte, "pk", None)
    return signing.dumps([atelier.pk, audience, participant_id, atelier.acces, porteur], salt=_SEL_JETON)


def verifier_jeton(jeton):
    """Return the `Jeton` that `jeton_direct` signed, or None if it was altered or is too old."""
    try:
        return Jeton(*signing.loads(jeton or "", salt=_SEL_JETON, max_age=DUREE_JETON))
    except (signing.BadSignature, TypeError, ValueError):
        return None
