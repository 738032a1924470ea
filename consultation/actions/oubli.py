"""The day said beforehand: what tells who people are goes by itself, what they said and chose stays."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import (
    Abonne,
    CodeDeCarte,
    Consultation,
    Contribution,
    CopieGrille,
    Desaccord,
    Participant,
    Proposition,
    Recours,
    Signalement,
)
from ..signaux import personnes_oubliees
from .classeurs import perimer_classeurs
from .gardes import noter, verrouiller

#: What is emptied of each person. Their row stays, with their college: words and tallies stand.
VIDES = dict.fromkeys(("prenom", "prenom_cle", "nom", "cle"), "")
VIDES |= dict.fromkeys(("structure", "territoire", "compte", "code_personnel"))


def consultations_echues():
    """Return the consultations whose day has passed and whose people are still known."""
    return Consultation.objects.filter(garder_jusqu_au__lt=timezone.localdate(), oubliee_le__isnull=True)


def oublier_les_personnes(*, consultation):
    """Erase names, codes, communes, accounts, drafts and cards of a consultation; return how many people that was.

    It is closed, devices are let go. Shown words stay, led to by nobody's name; what was never shown goes. Twice
    is once. The system alone calls it, when the day has passed (`consultations_echues`).
    """
    with transaction.atomic():
        consultation = verrouiller(consultation)
        if consultation.oubliee_le is not None:
            return 0
        gens = Participant.objects.filter(consultation=consultation, efface_le__isnull=True)
        combien = gens.count()
        perimer_classeurs(consultation.pk)
        personnes_oubliees.send(sender=Consultation, consultation=consultation)
        CopieGrille.objects.filter(participant__in=gens, envoyee_le__isnull=True).delete()
        Recours.objects.filter(decision__consultation=consultation).update(mots="")
        Desaccord.objects.filter(proposition__consultation=consultation).delete()
        CodeDeCarte.objects.filter(lot__consultation=consultation).delete()
        consultation.adresses_servies.all().delete()
        Abonne.objects.filter(forum__consultation=consultation).delete()
        for quoi in ("proposition", "contribution__proposition"):
            Signalement.objects.filter(**{f"{quoi}__consultation": consultation}).update(mots="")
        consultation.propositions.update(cle="", origine_note="")
        contributions = Contribution.objects.filter(proposition__consultation=consultation)
        contributions.update(cle="")
        for textes in (consultation.propositions, contributions):
            cachees = textes.exclude(moderation=Proposition.Moderation.AFFICHEE)
            cachees.update(texte="", masques=[], signalement="", motif="")
        gens.update(generation=F("generation") + 1, **VIDES)
        consultation.oubliee_le, consultation.etat = timezone.now(), Consultation.Etat.CLOSE
        consultation.save(update_fields=["oubliee_le", "etat"])
        noter(verbe="oublier_les_personnes", objet=consultation, details={"personnes": combien})
    return combien
