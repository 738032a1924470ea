"""Addresses of the desk, and what the journal says."""

from django.urls import reverse


def adresse(nom, consultation, *args):
    return reverse(f"gestion:{nom}", args=[consultation.pk, *args])
