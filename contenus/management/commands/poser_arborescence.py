from django.core.management.base import BaseCommand

from contenus.amorce import poser_arborescence


class Command(BaseCommand):
    help = "Create the home page, the shelves and the obligatory pages where missing."

    def handle(self, *args, **options):
        poser_arborescence()
        self.stdout.write("Les pages de départ sont en place.")
