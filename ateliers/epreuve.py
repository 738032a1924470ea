"""The small work asked of a device when a limit is reached: a right code always gets in, and guessing costs.

The device finds numbers n such that PBKDF2-HMAC-SHA256(password="<piece>.<n>", salt=the challenge, TOURS turns)
begins with `bits` zero bits, one for each of PIECES pieces: several small puzzles take nearly the same time for
everyone, where one large one is sometimes ten times longer. PBKDF2 because browsers have it natively: a script of
an attacker has no shortcut that the phone has not. Without scripts one waits instead, and few may at once.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.core import signing
from django.core.cache import cache

PIECES, TOURS = 4, 10_000
#: Zero bits asked in each piece, and at most; one more for each lot of this many proofs a minute at one address.
BITS, BITS_MAX, LOT = 3, 5, 100
#: Seconds a challenge lives, and must be waited for by who does no work.
VIE, ATTENTE = 180, 4
#: How many may enter by waiting, in a minute: at one address, in the whole house.
ATTENTES_ADRESSE, ATTENTES_MAISON = 30, 240
_SEL = "ateliers.epreuve"
_LONGUEUR_PREUVE = 120


@dataclass(frozen=True)
class Defi:
    """What a device is asked: `texte` is signed, for one address and one use."""

    texte: str
    bits: int

    @property
    def dit(self):
        """As a script reads it."""
        return {"texte": self.texte, "bits": self.bits, "pieces": PIECES, "tours": TOURS, "attente": ATTENTE}


def poser(adresse):
    """Return a new Defi for a device behind `adresse` (a hash: see `essais`)."""
    bits = min(BITS_MAX, BITS + cache.get(f"epreuve:faites:{adresse}", 0) // LOT)
    return Defi(signing.TimestampSigner(salt=_SEL).sign(f"{bits}.{secrets.token_hex(8)}.{adresse}"), bits)


def est_passee(adresse, texte, preuve):
    """Whether `preuve` ("" for having waited) answers the challenge `texte`, made for this address, never used."""
    lu = _lire(texte, VIE)
    if lu is None or lu[2] != adresse:
        return False
    bits, numero, _adresse = lu
    if not (_resout(texte, int(bits), preuve) if preuve else _a_attendu(adresse, texte)):
        return False
    if not cache.add(f"epreuve:servie:{numero}", 1, VIE):
        return False
    if preuve:
        incrementer(f"epreuve:faites:{adresse}", 60)
    return True


def resoudre(texte, bits):
    """Return the proof of a challenge: what a browser does in `epreuve.js`, for rehearsals and tests."""
    return ".".join(
        str(next(n for n in range(2**40) if _suffit(texte, f"{piece}.{n}", bits))) for piece in range(PIECES)
    )


def incrementer(cle, fenetre):
    """Add one to a shared counter that empties `fenetre` seconds after its first count; return it."""
    cache.add(cle, 0, fenetre)
    try:
        return cache.incr(cle)
    except ValueError:  # it emptied between the two
        cache.set(cle, 1, fenetre)
        return 1


def _lire(texte, age_max):
    try:
        bits, numero, adresse = signing.TimestampSigner(salt=_SEL).unsign(texte, max_age=age_max).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return bits, numero, adresse


def _a_attendu(adresse, texte):
    if _lire(texte, ATTENTE) is not None:
        return False
    ici = incrementer(f"epreuve:attentes:{adresse}", 60)
    return ici <= ATTENTES_ADRESSE and incrementer("epreuve:attentes", 60) <= ATTENTES_MAISON


def _resout(texte, bits, preuve):
    morceaux = preuve.split(".") if len(preuve) <= _LONGUEUR_PREUVE else []
    if len(morceaux) != PIECES or not all(n.isascii() and n.isdigit() for n in morceaux):
        return False
    return all(_suffit(texte, f"{piece}.{n}", bits) for piece, n in enumerate(morceaux))


def _suffit(texte, essai, bits):
    empreinte = hashlib.pbkdf2_hmac("sha256", essai.encode(), texte.encode(), TOURS)
    return empreinte[0] >> (8 - bits) == 0
