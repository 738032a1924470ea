"""The worker: what the site does by itself at set hours. One is enough; several do not get in each other's way."""

import logging
import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils.translation import gettext as _

from travail.actions import tourner

journal = logging.getLogger(__name__)
#: Seconds between two looks at the clock.
PAUSE = 5


class Command(BaseCommand):
    help = "Fait ce que le site fait seul à heure dite : publier ce qui était prévu, ranger. Ctrl-C l’arrête."

    def add_arguments(self, parser):
        parser.add_argument("--une-fois", action="store_true", help="faire ce qui est dû, puis s’arrêter")
        parser.add_argument("--pause", type=float, default=PAUSE, help="secondes entre deux tours")

    def handle(self, *, une_fois, pause, **options):
        if une_fois:
            for nom in tourner():
                self.stdout.write(nom)
            return
        assez = Event()
        for lequel in (signal.SIGINT, signal.SIGTERM):
            signal.signal(lequel, lambda *_: assez.set())
        self.stdout.write(_("Le travail de fond est en route."))
        while not assez.is_set():
            self._un_tour()
            assez.wait(pause)

    def _un_tour(self):
        """A base that is away for a while must not end the worker: it waits for it, as the site does."""
        close_old_connections()
        try:
            tourner()
        except Error:
            journal.exception("The database does not answer; trying again")
