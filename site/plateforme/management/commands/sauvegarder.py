from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from plateforme import sauvegarde


class Command(BaseCommand):
    help = "Sauvegarde la base et les fichiers déposés dans un seul fichier, site en marche, et relit ce fichier."

    def add_arguments(self, parser):
        parser.add_argument("fichier", nargs="?", help="où l’écrire ; dans var/sauvegardes/, à la date, sinon")

    def handle(self, *args, fichier, **options):
        chemin = Path(fichier) if fichier else ici("germoir")
        try:
            sommaire = sauvegarde.sauvegarder(chemin)
        except sauvegarde.Echec as echec:
            raise CommandError(str(echec)) from echec
        taille = chemin.stat().st_size / 1_000_000
        self.stdout.write(f"{chemin} : {taille:.1f} Mo, la base et {sommaire['fichiers']} fichiers, relu.")


def ici(nom):
    """Where a backup goes when nobody says: named after the moment."""
    return settings.VAR / "sauvegardes" / f"{nom}-{timezone.now():%Y%m%d-%H%M%S}.zip"
