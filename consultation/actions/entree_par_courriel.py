"""One address, or one identity, one voice: what was proved is kept as a keyed hash, which lets one person in."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ..models import AdresseServie
from ..textes import nettoyer_ligne
from .gardes import exiger


def empreinte_de(courriel, consultation):
    """Return the keyed hash of an e-mail address in one forum, or "" when it is none.

    Case and what follows a plus sign do not count: Lise+forum@ and lise@ are one voice.
    """
    courriel = nettoyer_ligne(courriel).lower()
    try:
        validate_email(courriel)
    except ValidationError:
        return ""
    nom, _arobase, domaine = courriel.rpartition("@")
    cle = f"{consultation.pk}:{nom.partition('+')[0]}@{domaine}"
    return salted_hmac("consultation.forum.adresse", cle, algorithm="sha256").hexdigest()


def empreinte_d_identite(emetteur, sujet, consultation):
    """Return the keyed hash of an identity in one forum: `sujet`, as its provider `emetteur` names someone (the
    claims `iss` and `sub` of OpenID Connect, which together are never given to anyone else)."""
    cle = f"{consultation.pk}:{emetteur}\n{sujet}"
    return salted_hmac("consultation.forum.identite", cle, algorithm="sha256").hexdigest()


def personne_de(empreinte, consultation):
    """Return the Participant an address or an identity let in, or None. Raises Refus "adresse_servie" 409
    when they are erased."""
    adresse = AdresseServie.objects.filter(consultation=consultation, empreinte=empreinte).first()
    if adresse is not None:
        _exiger_quelqu_un(adresse)
    return adresse and adresse.participant


def _exiger_quelqu_un(adresse):
    exiger(
        adresse.participant is not None,
        "adresse_servie",
        _(
            "Cette adresse, ou cette identité, a déjà servi ici, et les données de la personne ont été effacées. "
            "Elle sert à une seule personne."
        ),
        statut=409,
        champ="courriel",
    )


def prendre_adresse(empreinte, consultation):
    """Two devices at once: the second waits for the first, and finds who came in."""
    adresse, neuve = AdresseServie.objects.get_or_create(consultation=consultation, empreinte=empreinte)
    if not neuve:
        _exiger_quelqu_un(adresse)
    return adresse
