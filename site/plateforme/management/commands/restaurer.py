from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from plateforme import sauvegarde


class Command(BaseCommand):
    help = "Remet une sauvegarde en place, site arrêté, puis vérifie tout. Ne remplace rien sans --remplacer."

    def add_arguments(self, parser):
        parser.add_argument("fichier")
        parser.add_argument("--remplacer", action="store_true", help="remplacer la base présente")

    def handle(self, *args, fichier, remplacer, **options):
        try:
            sommaire = sauvegarde.restaurer(fichier, remplacer=remplacer)
        except sauvegarde.Echec as echec:
            raise CommandError(str(echec)) from echec
        self.stdout.write(f"Remis : Germoir {sommaire['germoir']}, {sommaire['le']}.")
        call_command("verifier", stdout=self.stdout)
