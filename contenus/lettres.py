"""The letters of an author who asked to know what becomes of their words; how any letter leaves once."""

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def _adresse(nom, *parametres):
    return settings.URL_PUBLIQUE + reverse(f"contenus:{nom}", args=parametres)


def _lettre_d_auteur(suivi, sujet, gabarit, **contexte):
    """RFC 8058: the mail reader's own button ends it, without a page."""
    consultation = suivi.participant.consultation
    contexte |= {
        "consultation": consultation,
        "suivi": _adresse("prevenu", suivi.cle),
        "ma_page": _adresse("moi"),
    }
    entetes = {
        "List-Unsubscribe": f"<{_adresse('ne-plus-prevenir', suivi.cle)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    corps = render_to_string(f"contenus/courriers/{gabarit}.txt", contexte)
    sujet = " ".join((sujet % {"titre": consultation.titre}).split())[:180]
    return EmailMessage(sujet, corps, to=[suivi.courriel], headers=entetes)


def a_confirmer(suivi):
    """Return the letter that asks the owner of an address."""
    return _lettre_d_auteur(suivi, _("Suivre ce que vous avez proposé : %(titre)s"), "confirmer")


def ce_qui_a_bouge(suivi, nouvelles):
    """Return the letter that tells an author what moved, the newest first."""
    sujet = _("Ce que devient votre proposition : %(titre)s")
    return _lettre_d_auteur(suivi, sujet, "nouvelles", nouvelles=nouvelles)


def partir(lettre, rendre):
    """Send a letter whose recipient is marked already, so that a worker that dies sends nothing twice.

    An address that is no more stays marked: trying again would change nothing. When the server is out of reach,
    `rendre` takes the mark back; return False then, since the next ones would fail alike.
    """
    try:
        lettre.send()
    except SMTPRecipientsRefused:
        logger.warning("An address refused its letter.")
    except OSError as erreur:  # smtplib's are OSErrors too
        rendre()
        logger.warning("A letter did not leave (%s).", type(erreur).__name__)
        return False
    return True
