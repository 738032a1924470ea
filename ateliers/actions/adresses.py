"""E-mails that people agreed to leave for the time of an event, and their erasing."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation import regles
from consultation.actions.gardes import exiger_droit, exiger_non_efface

from ..models import Adresse, Demande
from .gardes import exiger

#: Days an address is kept after the last day (the questions asked the week after), or from now without any date.
APRES_L_EVENEMENT = timedelta(days=30)
SANS_DATE = timedelta(days=180)
LONGUEUR = 254


def gardee_jusqu_au(consultation):
    """The day after which the addresses of a consultation are erased."""
    fin = consultation.fin or consultation.debut
    return fin + APRES_L_EVENEMENT if fin else timezone.localdate() + SANS_DATE


@transaction.atomic
def garder_adresse(*, participant, courriel, par=None):
    """Keep the e-mail someone agreed to leave, for the time of the event. Return the Adresse.

    With `par` None it is the person themself. Raises Refus 403, "courriel" 422, "efface" 409.
    """
    exiger_droit(lambda: regles.est_organisateur(par, participant.consultation), par)
    exiger_non_efface(participant)
    courriel = (courriel or "").strip()
    try:
        exiger(len(courriel) <= LONGUEUR, "courriel", _("Cette adresse est trop longue."), champ="courriel")
        validate_email(courriel)
    except ValidationError:
        message = _("Cette adresse de courriel n’est pas complète. Exemple : prenom@exemple.fr")
        exiger(False, "courriel", message, champ="courriel")
    jusqu_au = gardee_jusqu_au(participant.consultation)
    adresse, _creee = Adresse.objects.update_or_create(
        participant=participant, defaults={"courriel": courriel, "jusqu_au": jusqu_au}
    )
    details = {"jusqu_au": jusqu_au.isoformat()}
    actes.noter(verbe="garder_adresse", objet=participant, compte=par, participant=participant, details=details)
    return adresse


@transaction.atomic
def oublier_adresse(*, participant, par=None):
    """Erase someone's e-mail before its day. Raises Refus 403."""
    exiger_droit(lambda: regles.est_organisateur(par, participant.consultation), par)
    effacees, _detail = Adresse.objects.filter(participant=participant).delete()
    if effacees:
        actes.noter(verbe="oublier_adresse", objet=participant, compte=par, participant=participant)


@transaction.atomic
def effacer_adresses_echues(*, jour=None):
    """Erase the e-mails whose day has passed (`jour`: today); return how many. One entry for each consultation."""
    echues = Adresse.objects.filter(jusqu_au__lt=jour or timezone.localdate())
    par_consultation = {}
    for consultation in echues.values_list("participant__consultation", flat=True):
        par_consultation[consultation] = par_consultation.get(consultation, 0) + 1
    echues.delete()
    Demande.objects.filter(le__date__lt=(jour or timezone.localdate()) - SANS_DATE).delete()
    actes.noter_ensemble(
        {"verbe": "effacer_adresses_echues", "consultation": pk, "details": {"lignes": n}}
        for pk, n in par_consultation.items()
    )
    return sum(par_consultation.values())
