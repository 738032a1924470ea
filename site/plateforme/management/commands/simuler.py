"""Simulated people, for the demonstration only."""

import asyncio
import time

import httpx
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from plateforme.demonstration import simulation


class Command(BaseCommand):
    help = "Let a few simulated people take part in one workshop, through the public pages, for a while."

    def add_arguments(self, parser):
        parser.add_argument("--url", default=settings.URL_PUBLIQUE)
        parser.add_argument("--gens", type=int, default=12, help=f"at most {simulation.GENS_MAX}")
        parser.add_argument("--minutes", type=float, default=20, help=f"at most {simulation.MINUTES_MAX}")

    def handle(self, *, url, gens, minutes, **options):
        if not settings.DEBUG:
            raise CommandError("Simulated people belong to the demonstration: set GERMOIR_DEBUG=1.")
        self._attendre(url)
        codes = simulation.inscrire(gens)
        self.stdout.write(f"Simulation : {len(codes)} personnes, {min(minutes, simulation.MINUTES_MAX):g} min.")
        asyncio.run(simulation.jouer(url, codes, minutes=minutes, dire=self._dire))
        self.stdout.write("Simulation terminée.")

    def _attendre(self, url):
        for _essai in range(60):
            try:
                httpx.get(f"{url}/manifeste.webmanifest", timeout=5)
                return
            except httpx.HTTPError:
                time.sleep(0.5)
        raise CommandError(f"Nothing answers at {url}.")

    def _dire(self, mots):
        self.stdout.write(f"  simulation · {mots}")
        self.stdout.flush()
