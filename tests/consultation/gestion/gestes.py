"""Addresses of the desk, and what the journal says."""

from django.urls import reverse

from consultation.models import Journal


def adresse(nom, consultation, *args):
    return reverse(f"gestion:{nom}", args=[consultation.pk, *args])


def registre(consultation):
    return list(
        Journal.objects.filter(consultation=consultation.pk).order_by("pk").values_list("verbe", flat=True)
    )
