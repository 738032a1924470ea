"""What the tests of regional follow-ups do, and what happens in a region."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ateliers import actions as actions_ateliers
from ateliers.models import Temps
from consultation import actions
from consultation.models import Suivi
from tests.fabriques import (
    creer_participants,
)


def dans(jours):
    return timezone.localdate() + timedelta(days=jours)


def ouvrir(national, regions, par=None, jours=30):
    return actions.ouvrir_suivis(consultation=national, territoires=regions, attendue_le=dans(jours), par=par)


def vieillir(suivi, jours):
    """It was expected so many days ago."""
    Suivi.objects.filter(pk=suivi.pk).update(attendue_le=dans(-jours))
    return Suivi.objects.get(pk=suivi.pk)


def page(compte, nom, *args):
    client = Client()
    client.force_login(compte)
    return client.get(reverse(f"gestion_ateliers:{nom}", args=args))


def reunir(suivi, jours, personnes=0):
    """A meeting `jours` days from now, which so many people came to."""
    debut = timezone.now() + timedelta(days=jours)
    temps = Temps.objects.create(
        consultation=suivi.regionale, titre="Réunion", debut=debut, fin=debut + timedelta(hours=3)
    )
    atelier = actions_ateliers.creer_atelier(consultation=suivi.regionale, temps=temps, titre="À Rennes", par=None)
    for personne in creer_participants(suivi.regionale, personnes):
        actions_ateliers.entrer(atelier=atelier, participant=personne)
    return atelier


def ecrire(suivi, etat="soumise"):
    """Its synthesis, of one sentence, in that state."""
    synthese = actions.ouvrir_synthese(consultation=suivi.regionale, titre=f"Synthèse de {suivi}", par=None)
    section = actions.ajouter_section(synthese=synthese, titre="Apprendre", par=None)
    actions.ajouter_phrase(section=section, texte="On apprend à deux.", pistes=[], par=None)
    if etat != "brouillon":
        actions.soumettre_synthese(synthese=synthese, par=None)
    if etat == "publiee":
        actions.publier_synthese(synthese=synthese, par=None)
    synthese.refresh_from_db()
    return synthese
