"""Fiches made ahead of whoever searches."""

from datetime import timedelta

from .indexation import mettre_a_jour


def tenir_les_fiches():
    """Make all that are missing, a lot at a time."""
    while mettre_a_jour():
        pass


TRAVAUX = {"tenir-les-fiches-de-recherche": (timedelta(minutes=1), tenir_les_fiches)}
