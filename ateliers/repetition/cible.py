"""Which server is rehearsed, and whether it may be: this machine, or one the organiser names and owns."""

import ssl
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils.translation import gettext as _

from consultation.erreurs import Refus

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Cible:
    """Where to knock (`hote`, `port`, `tls`), and as which site (`nom`: the Host header; `origine`; `entetes`)."""

    hote: str
    port: int
    tls: bool
    nom: str
    origine: str
    entetes: tuple = ()

    @classmethod
    def locale(cls, port):
        """The server of this machine that listens on `port`, under its own address."""
        nom = f"127.0.0.1:{port}"
        return cls("127.0.0.1", port, False, nom, f"http://{nom}")

    async def brancher(self, boucle, protocole):
        """Open a connection and give it to `protocole()`; return the protocol. Raises OSError."""
        securite = {"ssl": _confiance(), "server_hostname": self.hote} if self.tls else {}
        _transport, fait = await boucle.create_connection(protocole, self.hote, self.port, **securite)
        return fait


@cache
def _confiance():
    return ssl.create_default_context()


def lire_cible(vers, mon_hote=""):
    """Return the Cible of an address such as http://127.0.0.1:8123. Raises Refus in plain French.

    Another machine must be named twice (`mon_hote`) and be one of this site's own names. This machine is spoken to
    as the front server would, under the public name, where it answers to no other.
    """
    try:
        lu = urlsplit(vers)
        port = lu.port or PORTS[lu.scheme]
    except (ValueError, KeyError):
        lu = None
    if lu is None or not lu.hostname or lu.path not in ("", "/") or lu.query or lu.fragment or "@" in lu.netloc:
        message = _("L’adresse « %(vers)s » n’est pas lisible. Écrivez-la ainsi : http://127.0.0.1:8123")
        raise Refus("adresse_illisible", message % {"vers": vers})
    tls = lu.scheme == "https"
    if not est_ici(lu.hostname):
        _exiger_a_soi(lu.hostname, mon_hote)
    elif (settings.HTTPS and not tls) or not validate_host(lu.hostname, settings.ALLOWED_HOSTS or ["localhost"]):
        public = urlsplit(settings.URL_PUBLIQUE)
        entetes = (("X-Forwarded-Proto", public.scheme),)
        return Cible(_adresse(lu.hostname), port, tls, public.netloc, settings.URL_PUBLIQUE, entetes)
    return Cible(_adresse(lu.hostname), port, tls, lu.netloc, f"{lu.scheme}://{lu.netloc}")


def est_ici(hote):
    """Whether this name can only be this machine."""
    if hote == "localhost":
        return True
    try:
        return ip_address(hote).is_loopback
    except ValueError:
        return False


def _adresse(hote):
    """`localhost` would be looked up for each connection, in a thread."""
    return "127.0.0.1" if hote == "localhost" else hote


def _exiger_a_soi(hote, mon_hote):
    if mon_hote.casefold().rstrip(".") != hote.casefold().rstrip("."):
        message = _(
            "« %(hote)s » n’est pas cet ordinateur. Une répétition charge beaucoup un serveur : s’il est à vous, "
            "écrivez son nom une deuxième fois, avec --mon-hote %(hote)s."
        )
        raise Refus("hote_etranger", message % {"hote": hote}, statut=403)
    siens = [nom for nom in settings.ALLOWED_HOSTS if nom != "*"] + [urlsplit(settings.URL_PUBLIQUE).hostname]
    if not validate_host(hote, siens):
        message = _(
            "« %(hote)s » n’est pas un des noms de ce site (GERMOIR_HOSTS). Lancez la répétition avec les "
            "réglages du serveur que vous voulez essayer."
        )
        raise Refus("hote_inconnu", message % {"hote": hote}, statut=403)
