"""Addresses of the desk, what the journal says, someone registered."""

from django.urls import reverse

from ateliers.inscriptions.actions import inscrire_personne
from consultation.models import Journal
from tests.fabriques import (
    college,
)


def adresse(nom, consultation, *args):
    return reverse(f"gestion_ateliers:{nom}", args=[consultation.pk, *args])


def registre(consultation):
    return list(
        Journal.objects.filter(consultation=consultation.pk).order_by("pk").values_list("verbe", flat=True)
    )


def inscrit(consultation, prenom="Bao", **champs):
    par = consultation.mandats.get(role="organisateur").compte
    return inscrire_personne(
        consultation=consultation, prenom=prenom, college=college(consultation), par=par, **champs
    )
