"""Letters that came back are fetched from the mailbox where they arrive, and said in the proofs.

The mailbox is for returns alone (`GERMOIR_RETOURS_BOITE`): `imaps://name:password@host/INBOX` or `maildir:///path`.
A report that is understood is deleted from it; all else stays, marked as seen, for someone to read.
"""

import contextlib
import imaplib
import mailbox
import ssl
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from . import retours
from .actions import remises

#: Seconds to wait for the mailbox; messages read in one tour.
PATIENCE, LOT = 30, 500


class BoiteFermee(Exception):
    """The mailbox cannot be read. `args[0]`: why, for whoever runs the site."""


def relever():
    """Read what arrived in the mailbox of returns; return (letters that came back, messages left there).

    Twice is once. Raises BoiteFermee.
    """
    with ouvrir() as boite:
        return recevoir(boite.nouveaux(), boite.ranger)


def recevoir(messages, ranger=lambda cle, compris: None):
    """Say in the proofs what `messages` ((key, bytes), …) report; return (letters that came back, others).

    `ranger(key, compris)` is called after each, so that what a dead worker had not written is read again.
    """
    revenues = autres = 0
    for cle, octets in messages:
        retour = retours.lire(octets)
        if retour is None:
            autres += 1
        else:
            revenues += remises.revenue(retour.lettre, retour.mots, morte=retour.morte)
        ranger(cle, retour is not None)
    if revenues:
        remises.noter_les_retours(revenues)
    return revenues, autres


@contextlib.contextmanager
def ouvrir():
    """Open the mailbox of returns. Raises BoiteFermee."""
    lieu = urlsplit(settings.RETOURS_BOITE)
    sorte = {"imaps": Imap, "maildir": Maildir}.get(lieu.scheme)
    if sorte is None:
        raise BoiteFermee(_("GERMOIR_RETOURS_BOITE commence par imaps:// ou maildir://."))
    try:
        with contextlib.closing(sorte(lieu)) as boite:
            yield boite
    except (OSError, imaplib.IMAP4.error, mailbox.Error) as erreur:
        raise BoiteFermee(str(erreur) or type(erreur).__name__) from erreur


class Maildir:
    """A folder where the machine's own mail server delivers."""

    def __init__(self, lieu):
        self.boite = mailbox.Maildir(lieu.path, create=False)

    def nouveaux(self):
        for cle in [c for c in self.boite.keys() if "S" not in self.boite[c].get_flags()][:LOT]:  # noqa: SIM118
            with self.boite.get_file(cle) as fichier:
                yield cle, fichier.read(retours.LU)

    def ranger(self, cle, compris):
        if compris:
            self.boite.remove(cle)
            return
        message = self.boite[cle]
        message.set_subdir("cur")
        message.add_flag("S")
        self.boite[cle] = message

    def close(self):
        self.boite.close()


class Imap:
    """A mailbox at a host's, over TLS (RFC 3501)."""

    def __init__(self, lieu):
        port, connus = lieu.port or imaplib.IMAP4_SSL_PORT, ssl.create_default_context()
        self.liaison = imaplib.IMAP4_SSL(lieu.hostname, port, ssl_context=connus, timeout=PATIENCE)
        try:
            self.liaison.login(unquote(lieu.username or ""), unquote(lieu.password or ""))
            self._dire("select", f'"{unquote(lieu.path.strip("/")) or "INBOX"}"')
        except (OSError, imaplib.IMAP4.error):
            self.liaison.shutdown()
            raise

    def _dire(self, commande, *mots):
        reponse, lignes = getattr(self.liaison, commande)(*mots)
        if reponse != "OK":
            raise imaplib.IMAP4.error(f"{commande}: {lignes[0]!r}")
        return lignes

    def nouveaux(self):
        (numeros,) = self._dire("uid", "SEARCH", "UNSEEN")
        for numero in numeros.split()[:LOT]:
            lignes = self._dire("uid", "FETCH", numero, f"(BODY.PEEK[]<0.{retours.LU}>)")
            yield numero, next((ligne[1] for ligne in lignes if isinstance(ligne, tuple)), b"")

    def ranger(self, cle, compris):
        self._dire("uid", "STORE", cle, "+FLAGS", r"(\Seen \Deleted)" if compris else r"(\Seen)")

    def close(self):
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self.liaison.expunge()
            self.liaison.logout()
