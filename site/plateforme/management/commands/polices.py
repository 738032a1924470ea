from django.core.management.base import BaseCommand

from plateforme.polices import GRAISSES, fabriquer


class Command(BaseCommand):
    help = "Make the WOFF2 subsets of the typeface now, instead of when a page first asks for them."

    def handle(self, **options):
        for nom in GRAISSES:
            chemin = fabriquer(nom)
            self.stdout.write(f"{chemin.name}: {chemin.stat().st_size / 1000:.0f} kB")
