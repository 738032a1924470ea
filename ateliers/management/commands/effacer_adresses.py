"""Erase the e-mails kept for events that are over. Meant for a timer; the background worker does it too."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ateliers.actions import effacer_adresses_echues


class Command(BaseCommand):
    help = _("Efface les adresses de courriel dont le temps est passé.")

    def handle(self, *args, **options):
        n = effacer_adresses_echues()
        self.stdout.write(ngettext("%(n)s adresse effacée.", "%(n)s adresses effacées.", n) % {"n": n})
