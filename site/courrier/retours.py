"""A letter that comes back: what it carries so that it is known again, and what a report says of it.

A report (RFC 3464) comes from anyone: it counts for a letter of ours only if it bears the mark of that letter,
sealed with the site's secret key. The mark is in the Message-ID, which reports quote, and in the envelope when the
return address has room for it (VERP: `retours+{}@asso.example`).
"""

import email
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from consultation.textes import nettoyer_ligne

from .remise import personne_la

#: Bytes read of a message: a report quotes the letter at most, and a letter weighs less.
LU = 256_000
#: Of a recipient in a report (RFC 3464, 2.3).
CHAMPS = ("Action", "Status", "Diagnostic-Code")
_MARQUE = re.compile(rb"\bfil(\d{1,6})\.(\d{1,12})\.([0-9a-f]{16})@", re.I)
_REPONSE = re.compile(r"\b5\d\d\b")


@dataclass(frozen=True)
class Retour:
    """What a report says. `lettre`: the number of a Destinataire; `morte`: nobody is at that address."""

    lettre: int
    morte: bool
    mots: str


def marque(numero, lettre):
    """Return the mark of one letter, the same each time it leaves: "fil5.1203.9f2c…"."""
    identifiant = f"fil{numero}.{lettre}"
    return f"{identifiant}.{salted_hmac('courrier.message', identifiant).hexdigest()[:16]}"


def enveloppe(numero, lettre):
    """Return the address to which one letter comes back, or "" for that of who sends."""
    return settings.RETOURS.replace("{}", marque(numero, lettre))


def lire(octets):
    """Return the Retour that a message is, or None: not a report, not of a failure, not of a letter of ours."""
    octets = octets[:LU]
    message = email.message_from_bytes(octets)
    if message.get_content_type() != "multipart/report":
        return None
    lettre, echec = _la_notre(octets), _echec(message)
    if lettre is None or echec is None:
        return None
    etat, mots = echec
    code = _REPONSE.search(mots)
    dit = mots if etat == "5.0.0" else f"{mots} {etat}"  # "5.0.0" says nothing that the server's words do not
    return Retour(lettre, personne_la(int(code.group()) if code else 0, dit), (mots or etat)[:300])


def _la_notre(octets):
    """The number of the letter whose mark is there and is ours: a report may quote others."""
    for trouvee in _MARQUE.finditer(octets):
        numero, lettre = int(trouvee[1]), int(trouvee[2])
        if constant_time_compare(marque(numero, lettre), trouvee[0][:-1].decode().lower()):
            return lettre
    return None


def _echec(message):
    """The status and the server's words of the first recipient that failed for good, or None."""
    for partie in message.walk():
        champs = partie.get("Action") and {nom: nettoyer_ligne(str(partie.get(nom, ""))) for nom in CHAMPS}
        if champs and champs["Action"].lower() == "failed" and champs["Status"].startswith("5"):
            return champs["Status"].split(" ")[0], champs["Diagnostic-Code"].partition(";")[2].strip()
    return None
