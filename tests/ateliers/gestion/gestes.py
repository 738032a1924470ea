"""Addresses of the desk, what the journal says, someone registered."""

from django.urls import reverse

from ateliers.inscriptions.actions import inscrire_personne
from tests.fabriques import (
    college,
)


def adresse(nom, consultation, *args):
    return reverse(f"gestion_ateliers:{nom}", args=[consultation.pk, *args])


def inscrit(consultation, prenom="Bao", **champs):
    par = consultation.mandats.get(role="organisateur").compte
    return inscrire_personne(
        consultation=consultation, prenom=prenom, college=college(consultation), par=par, **champs
    )
