"""The squares to aim a phone at: an address of this site as a QR code, with the words that say what it opens."""

from django.conf import settings
from django.utils.translation import gettext as _

from ateliers.qr import svg_qr


def sans_protocole(adresse):
    """Return the address as people type it: "germoir.example/moi"."""
    return adresse.split("://", 1)[-1]


def adresse_de(chemin):
    """Return the absolute address of a path of this site."""
    return f"{settings.URL_PUBLIQUE}{chemin}"


def carre(adresse, masque=None):
    """Return {"svg_qr", "description_qr"} for an absolute address. `masque`: as in `ateliers.qr`."""
    description = _("Carré à viser : il ouvre %(adresse)s") % {"adresse": sans_protocole(adresse)}
    return {"svg_qr": svg_qr(adresse, description, masque), "description_qr": description}
