"""What goes by itself: the day said at the start having passed, an immersion is erased."""

from datetime import timedelta

from .actions import effacer_a_terme

TRAVAUX = {"effacer-les-immersions": (timedelta(hours=6), effacer_a_terme)}
