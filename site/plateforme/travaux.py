"""What keeps the house tidy."""

from datetime import timedelta

from django.core.management import call_command


def oublier_les_seances():
    """Sessions whose time is over say nothing any more: they go."""
    call_command("clearsessions")


TRAVAUX = {"oublier-les-seances": (timedelta(days=1), oublier_les_seances)}
