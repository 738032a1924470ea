"""The link of a letter: a signed token that says an address was proved, for one forum, for an hour."""

from django.core import signing
from django.utils.translation import gettext as _

from consultation.erreurs import Refus

#: Seconds.
DUREE = 3600
_SEL = "forums.lien"


def faire(empreinte, forum):
    return signing.dumps([forum.pk, empreinte], salt=_SEL)


def lire(jeton, forum):
    """Return the hash of the address. Raises Refus "lien_perime" 410, whatever is wrong with it."""
    try:
        numero, empreinte = signing.loads(jeton, salt=_SEL, max_age=DUREE)
    except (signing.BadSignature, ValueError, TypeError):
        numero, empreinte = None, ""
    if numero != forum.pk:
        message = _("Ce lien a plus d’une heure, ou il est coupé. Demandez-en un autre.")
        raise Refus("lien_perime", message, statut=410, champ="courriel")
    return empreinte
