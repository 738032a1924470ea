"""Visits of the tests, made through the acts."""

from datetime import datetime, timedelta

from django.utils import timezone

from ateliers import identite
from consultation import actions as actes
from tests import fabriques
from visites import actions
from visites.models import Visite

CONSTAT = {"cle": "constat", "libelle": "Qu’avez-vous vu qui vous étonne ?", "nature": "texte"}
NOTE = {"cle": "note", "libelle": "Reviendriez-vous ?", "nature": "oui_non"}


def creer_visite(consultation=None, entreprise="Les Ateliers du Halage", dans=10, heures=3, **champs):
    """A visit open to everyone, `dans` days from now; `ouverte=False`: still in preparation."""
    ouverte, visite_faite = champs.pop("ouverte", True), champs.pop("faite", False)
    debut = timezone.now() + timedelta(days=dans)
    visite = Visite(
        consultation=consultation or fabriques.creer_consultation(),
        entreprise=entreprise,
        **{
            "a_voir": "L’atelier bois et la formation sur le poste.",
            "lieu": "3 quai du Halage, Saint-Exemple",
            "debut": debut,
            "fin": debut + timedelta(hours=heures),
            "places": 2,
            **champs,
        },
    )
    actions.enregistrer_visite(visite=visite, par=None)
    if ouverte:
        visite = actions.ouvrir(visite=visite, par=None)
    return faite(visite) if visite_faite else visite


def faite(visite):
    """The same, that took place yesterday."""
    hier = timezone.now() - timedelta(days=1)
    Visite.objects.filter(pk=visite.pk).update(debut=hier, fin=hier + timedelta(hours=3))
    visite.refresh_from_db()
    return visite


def demander(visite, *participants, signe="salaries"):
    """Each asks, in order; a new person of the college `signe` when none is given. Return the Demandes."""
    participants = participants or [fabriques.creer_participant(visite.consultation, signe)]
    return [actions.demander(visite=visite, participant=participant) for participant in participants]


def grille_commune(consultation, *questions):
    contenu = {"sections": [{"titre": "La visite", "questions": list(questions or [CONSTAT, NOTE])}]}
    return actes.creer_grille(consultation=consultation, titre="Grille commune", contenu=contenu, par=None)


def repondre(grille, participant, **reponses):
    """Their copy, sent: {question: answer}."""
    copie = actes.commencer_grille(grille=grille, participant=participant)
    actes.repondre(
        copie=copie, participant=participant, reponses={cle: {"": valeur} for cle, valeur in reponses.items()}
    )
    return actes.envoyer_grille(copie=copie, participant=participant)


def avec_recit(visite, recit="Chacun forme le suivant. La porte reste ouverte."):
    return actions.ecrire_recit(visite=visite, recit=recit, par=None)


def tenir(client, participant):
    """Put the phone of `participant` in the hands of `client`."""
    from tests.attaques.monde import biscuit

    client.cookies[identite.COOKIE] = biscuit(participant)
    return client


def le(jour, heure=9):
    return timezone.make_aware(datetime(2031, 6, jour, heure))
