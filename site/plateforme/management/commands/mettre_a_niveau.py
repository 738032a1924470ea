from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from plateforme import sauvegarde
from plateforme.sante import migrations

from .sauvegarder import ici


class Command(BaseCommand):
    help = "Met la base au niveau du code : sauvegarde, migre, vérifie ; remet tout si quoi que ce soit échoue."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--sans-statiques", action="store_true", help="ne pas rassembler les fichiers statiques"
        )

    def handle(self, *args, sans_statiques, **options):
        if not migrations():
            self._statiques(sans_statiques)
            self.stdout.write("La base était déjà à niveau.")
            return
        avant = ici("avant-mise-a-niveau")
        try:
            sauvegarde.sauvegarder(avant)
        except sauvegarde.Echec as echec:
            raise CommandError(f"Rien n’a été fait. {echec}") from echec
        self.stdout.write(f"Sauvegardé : {avant}")
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("verifier", stdout=self.stdout)
            self._statiques(sans_statiques)
        except BaseException as echec:  # stopped by hand as well: never half of it
            self._revenir(avant, echec)
        self.stdout.write("La base est à niveau. Relancez le site.")

    def _statiques(self, sans):
        if not sans:
            call_command("collectstatic", interactive=False, verbosity=0)

    def _revenir(self, avant, echec):
        try:
            sauvegarde.restaurer(avant, remplacer=True)
        except BaseException as pire:
            raise CommandError(
                f"La mise à niveau a échoué ({echec!r}), et la base n’a pas pu être remise ({pire!r})."
                f" Ne relancez pas le site : manage.py restaurer --remplacer {avant}"
            ) from pire
        raise CommandError(
            f"La mise à niveau a échoué : {echec!r}. La base est remise comme avant. Remettez"
            " les fichiers de la version précédente du site, puis relancez-le."
        ) from echec
