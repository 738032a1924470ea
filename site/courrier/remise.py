"""Handing one letter to the sending server, so that one knows what a cut meant.

SMTP takes charge of a message when it answers to the final dot (RFC 5321, 4.2.5 and 6.1). Before the dot, a cut
means that nothing was taken: it is tried again. After it and before the answer, nobody but the server knows: the
letter is not sent twice, and the proof says so. No sender can do better; the Message-ID stays the same, by which
many mailboxes show one letter where two arrived.
"""

import contextlib
import re
import smtplib

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

#: Seconds for one step of the server.
PATIENCE = 30
#: A line that begins with a dot is sent with two (RFC 5321, 4.5.2).
_POINT = re.compile(rb"(?m)^\.")
_ETENDU = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
#: Extended codes (RFC 3463) and plain ones (RFC 5321) that say: there is nobody at this address.
PERSONNE_LA = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.310", "5.4.4"}
PERSONNE_LA_SANS_ETENDU = {550, 551, 553}


class Attendre(Exception):
    """The server asks to wait (4xx). `args[0]`: its words."""


class Refuse(Exception):
    """The server refuses this letter (5xx). `morte`: because nobody is there."""

    def __init__(self, mots, *, morte=False):
        super().__init__(mots)
        self.morte = morte


class NousRefuse(Exception):
    """The server refuses whoever sends: none of the letters would pass."""


class Coupe(Exception):
    """The connection was cut. `apres`: after the final dot, so that only the server knows."""

    def __init__(self, mots, *, apres):
        super().__init__(mots)
        self.apres = apres


def mots_du_serveur(code, reponse):
    texte = reponse.decode("utf-8", "replace") if isinstance(reponse, bytes) else str(reponse)
    return f"{code} {' '.join(texte.split())}"


def personne_la(code, mots):
    """Whether a server says, by its code (RFC 5321) and its words, that nobody is at this address."""
    etendu = _ETENDU.search(mots)
    return etendu.group() in PERSONNE_LA if etendu else code in PERSONNE_LA_SANS_ETENDU


class Guichet:
    """A connection to the sending server, kept from one letter to the next. Opening raises Coupe or NousRefuse."""

    def __init__(self):
        self.liaison = get_connection(timeout=PATIENCE)
        try:
            self.liaison.open()
        except smtplib.SMTPResponseException as erreur:
            raise NousRefuse(mots_du_serveur(erreur.smtp_code, erreur.smtp_error)) from erreur
        except (OSError, smtplib.SMTPException) as erreur:
            raise Coupe(str(erreur) or type(erreur).__name__, apres=False) from erreur

    def fermer(self):
        if self.liaison is not None:
            with contextlib.suppress(OSError):
                self.liaison.close()
            self.liaison = None

    def remettre(self, message, avant_le_point, *, retour=""):
        """Hand over an EmailMessage to its one recipient; return the server's words.

        `retour`: the address that a report of failure goes to, in the envelope; that of who sends without it.
        `avant_le_point()` is called when all but the end is sent; False from it stops there. Raises Attendre,
        Refuse, NousRefuse, Coupe.
        """
        if not isinstance(self.liaison, EmailBackend):  # a console, a file: nothing answers
            avant_le_point()
            self.liaison.send_messages([message])
            return ""
        smtp, apres = self.liaison.connection, False
        try:
            self._enveloppe(smtp, message, retour or message.from_email)
            self._exiger(*smtp.docmd("DATA"), attendu=354)
            octets = _POINT.sub(b"..", message.message().as_bytes(linesep="\r\n"))
            smtp.send(octets)
            if not avant_le_point():
                smtp.close()  # until the dot, a farewell would be text
                raise Coupe("", apres=False)
            apres = True
            smtp.send(b".\r\n" if octets.endswith(b"\r\n") else b"\r\n.\r\n")
            code, reponse = smtp.getreply()
        except (OSError, smtplib.SMTPServerDisconnected) as erreur:
            raise Coupe(str(erreur) or type(erreur).__name__, apres=apres) from erreur
        if code < 0:  # an answer that is none
            raise Coupe(mots_du_serveur(code, reponse), apres=True)
        return self._exiger(code, reponse, attendu=250)

    def _enveloppe(self, smtp, message, retour):
        smtp.ehlo_or_helo_if_needed()
        code, reponse = smtp.mail(sanitize_address(retour, message.encoding or "utf-8"))
        if code >= 500:
            raise NousRefuse(mots_du_serveur(code, reponse))
        self._exiger(code, reponse, attendu=250)
        self._exiger(*smtp.rcpt(sanitize_address(message.to[0], "utf-8")), attendu=250, adresse=True)

    def _exiger(self, code, reponse, *, attendu, adresse=False):
        mots = mots_du_serveur(code, reponse)
        if code == attendu or (attendu == 250 and code == 251):
            return mots
        if code == 421 or code < 0:  # "closing the channel" (RFC 5321, 3.8)
            raise Coupe(mots, apres=False)
        self._reprendre()
        if 500 <= code < 600:
            raise Refuse(mots, morte=adresse and personne_la(code, mots))
        raise Attendre(mots)

    def _reprendre(self):
        """Forget the envelope that was refused, so that the next letter may use this connection."""
        try:
            self.liaison.connection.rset()
        except (OSError, smtplib.SMTPException):
            self.fermer()
