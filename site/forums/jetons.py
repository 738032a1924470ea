"""A signed token that says what was proved, an address or an identity, for one forum, for an hour."""

from django.core import signing
from django.utils.translation import gettext as _

from consultation.erreurs import Refus

#: Seconds.
DUREE = 3600
_SEL = "forums.lien"


def faire(empreinte, forum, origine="courriel"):
    """`origine`: the way in (`Participant.Origine`) that proved it."""
    return signing.dumps([forum.pk, empreinte, origine], salt=_SEL)


def lire(jeton, forum):
    """Return (the hash of what was proved, the way in). Raises Refus "lien_perime" 410, whatever is wrong."""
    try:
        numero, empreinte, *reste = signing.loads(jeton, salt=_SEL, max_age=DUREE)
    except (signing.BadSignature, ValueError, TypeError):
        numero, empreinte, reste = None, "", []
    if numero != forum.pk:
        message = _("Ce lien a plus d’une heure, ou il est coupé. Demandez-en un autre.")
        raise Refus("lien_perime", message, statut=410, champ="courriel")
    return empreinte, *(reste or ["courriel"])  # links sent before identities had two parts
