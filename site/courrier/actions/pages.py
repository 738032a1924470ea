"""A page sent to someone, once, by anyone: counted, so that nobody is pestered through us."""

import contextlib
import re

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ateliers.epreuve import incrementer
from consultation.actions.gardes import exiger, noter
from consultation.textes import nettoyer_ligne

from .. import regles
from .abonnements import lire_courriel

#: A first name or two: letters, with what joins them. No address, no figure, no sentence fits.
_PRENOM = re.compile(r"[^\W\d_]+(?:[ ’'-][^\W\d_]+){0,2}")


def lire_prenom(saisie):
    """Return the name of who sends, "" for nobody's. Raises Refus "prenom_faux" 422."""
    prenom = nettoyer_ligne(saisie)
    exiger(
        not prenom or (len(prenom) <= regles.PRENOM_MAX and _PRENOM.fullmatch(prenom)),
        "prenom_faux",
        _("Écrivez seulement un prénom : des lettres, %(n)d au plus.") % {"n": regles.PRENOM_MAX},
        champ="prenom",
    )
    return prenom


def envoyer_page(*, page, courriel, appareil, adresse):
    """Take the right to send a published page to `courriel`; return that address. The letter is the caller's.

    `appareil`, `adresse`: keys of who asks (`ateliers.essais.Visiteur`). The e-mail address is kept nowhere: its
    keyed hash is, for a day, in the cache. Raises Refus "courriel_faux" 422; "trop_d_envois", "deja_recue" 429.
    """
    courriel = lire_courriel(courriel)
    trop = _("Beaucoup de pages ont été envoyées. Réessayez dans une heure, ou copiez l’adresse de la page.")
    for cle, combien in (
        (f"a:{appareil}", regles.PAGES_PAR_APPAREIL),
        (f"d:{adresse}", regles.PAGES_PAR_ADRESSE),
        ("tous", regles.PAGES_EN_TOUT),
    ):
        exiger(incrementer(f"courrier:page:{cle}", 3600) <= combien, "trop_d_envois", trop, statut=429)
    dit = _("Cette adresse a déjà reçu des pages aujourd’hui. Rien n’est parti.")
    recues = incrementer(_cle_de(courriel), 24 * 3600)
    exiger(recues <= regles.PAGES_PAR_PERSONNE, "deja_recue", dit, statut=429)
    noter(verbe="envoyer_page", objet=page)
    return courriel


def rendre_page(*, courriel):
    """The letter could not leave: whoever it was for has not received it. Not journaled."""
    with contextlib.suppress(ValueError):  # the day has ended since
        cache.decr(_cle_de(lire_courriel(courriel)))


def _cle_de(courriel):
    a_qui = salted_hmac("courrier.page", courriel, algorithm="sha256").hexdigest()[:24]
    return f"courrier:page:q:{a_qui}"
