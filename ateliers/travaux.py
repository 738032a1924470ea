"""What the live side does by itself."""

from datetime import timedelta

from .actions import effacer_adresses_echues

TRAVAUX = {"effacer-les-adresses": (timedelta(days=1), effacer_adresses_echues)}
