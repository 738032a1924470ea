"""What decides whether a letter arrives: the sending server, and what the DNS says of who may send.

Each check gives plain French sentences: what is well, and what to ask the host for. SPF: RFC 7208; DKIM: RFC 6376,
whose selector only the host knows; DMARC: RFC 7489.
"""

import smtplib
from dataclasses import dataclass
from email.utils import parseaddr

import dns.exception
import dns.resolver
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

#: Seconds to wait for the DNS, all in all, and for the sending server.
PATIENCE_DNS, PATIENCE_SMTP = 5, 15
#: Selectors that usual hosts give to the key that signs; there is no list of those of a domain.
SELECTEURS = ("default", "mail", "dkim", "s1", "selector1", "google", "ovh", "k1")


@dataclass(frozen=True)
class Constat:
    """One thing looked at. `bon`: True, False, or None when nothing could be said."""

    bon: bool | None
    dit: str


class HorsDePortee(Exception):
    """The DNS does not answer."""


def lire_txt(nom):
    """Return the TXT records of a name, [] when it has none. Raises HorsDePortee."""
    try:
        reponse = dns.resolver.Resolver().resolve(nom, "TXT", lifetime=PATIENCE_DNS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as erreur:
        raise HorsDePortee from erreur
    return ["".join(part.decode("utf-8", "replace") for part in ligne.strings) for ligne in reponse]


def domaine():
    """The domain that sends, from the address of who sends."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()


def serveur(courriel=""):
    """Open the sending server, and send one letter to `courriel` if it is given; return a Constat."""
    lieu = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    liaison = get_connection(timeout=PATIENCE_SMTP)
    try:
        liaison.open()
        if courriel:
            texte = _("Si vous lisez ces mots, le site sait envoyer des e-mails.")
            EmailMessage(_("ESSAI de Germoir"), texte, to=[courriel], connection=liaison).send()
    except smtplib.SMTPAuthenticationError as erreur:
        dit = _("Le serveur %(lieu)s refuse le nom ou le mot de passe : relisez EMAIL_URL. Il dit : %(mots)s")
        return Constat(False, dit % {"lieu": lieu, "mots": _mots(erreur)})
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as erreur:
        dit = _("Le serveur %(lieu)s répond, et refuse la lettre. Montrez ses mots à votre hébergeur : %(mots)s")
        return Constat(False, dit % {"lieu": lieu, "mots": _mots(erreur)})
    except OSError as erreur:
        dit = _(
            "Le serveur %(lieu)s ne répond pas (%(mots)s). Vérifiez EMAIL_URL, et demandez si ce port est ouvert."
        )
        return Constat(False, dit % {"lieu": lieu, "mots": str(erreur) or type(erreur).__name__})
    finally:
        liaison.close()
    if courriel:
        return Constat(True, _("Le serveur %(lieu)s a pris la lettre pour %(a)s.") % {"lieu": lieu, "a": courriel})
    return Constat(True, _("Le serveur %(lieu)s répond.") % {"lieu": lieu})


def _mots(erreur):
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        code, mots = next(iter(erreur.recipients.values()))
    else:
        code, mots = erreur.smtp_code, erreur.smtp_error
    return f"{code} {mots.decode('utf-8', 'replace') if isinstance(mots, bytes) else mots}"


def dns_du_domaine(nom):
    """Return the Constat of SPF, DKIM and DMARC of a domain; one alone when the DNS is out of reach."""
    try:
        return [_spf(nom), _dkim(nom), _dmarc(nom)]
    except HorsDePortee:
        dit = _(
            "Le DNS ne répond pas d’ici : SPF, DKIM et DMARC ne sont pas lus. Refaites l’essai depuis le serveur."
        )
        return [Constat(None, dit)]


def _spf(nom):
    lus = [ligne for ligne in lire_txt(nom) if ligne.lower().split(" ")[0] == "v=spf1"]
    if len(lus) == 1 and "+all" not in lus[0].lower():
        return Constat(
            True, _("SPF : le domaine dit qui peut envoyer en son nom (%(ligne)s).") % {"ligne": lus[0]}
        )
    if len(lus) > 1:
        return Constat(
            False, _("SPF : il y a plusieurs lignes, donc aucune ne vaut. Demandez à n’en garder qu’une.")
        )
    if lus:
        return Constat(
            False, _("SPF : « +all » laisse tout le monde écrire en votre nom. Demandez à finir par « -all ».")
        )
    dit = _(
        "SPF : rien. Demandez à votre hébergeur : « ajoutez à %(nom)s un TXT v=spf1 qui permet notre serveur »."
    )
    return Constat(False, dit % {"nom": nom})


def _dkim(nom):
    for selecteur in SELECTEURS:
        if any("p=" in ligne.replace(" ", "") for ligne in lire_txt(f"{selecteur}._domainkey.{nom}")):
            return Constat(True, _("DKIM : une clé est là (%(selecteur)s).") % {"selecteur": selecteur})
    dit = _("DKIM : aucune clé sous un nom courant. Demandez : « signez-vous par DKIM, et sous quel sélecteur ? »")
    return Constat(None, dit)


def _dmarc(nom):
    """Of the domain itself, then of the one above (an organisation's policy holds for what is under it)."""
    for essaye in (nom, nom.partition(".")[2]):
        lus = [li for li in lire_txt(f"_dmarc.{essaye}") if li.lower().replace(" ", "").startswith("v=dmarc1")]
        if "." in essaye and lus:
            return Constat(True, _("DMARC : réglé (%(ligne)s).") % {"ligne": lus[0]})
    dit = _("DMARC : rien. Demandez : « ajoutez un TXT _dmarc.%(nom)s, par exemple v=DMARC1; p=none ».")
    return Constat(False, dit % {"nom": nom})
