"""What the publishing side does by itself."""

from datetime import timedelta

from django.core.management import call_command

from .actions import effacer_reponses_echues


def publier_a_l_heure():
    """Publish the pages whose hour has come, take away those whose time is over."""
    call_command("publish_scheduled")


TRAVAUX = {
    "publier-a-l-heure": (timedelta(minutes=1), publier_a_l_heure),
    "effacer-les-reponses": (timedelta(days=1), effacer_reponses_echues),
}
