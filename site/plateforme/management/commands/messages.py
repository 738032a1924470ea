"""One catalogue for the whole product: French is the source, site/locale/en holds the English."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.test.utils import override_settings

#: What holds no sentence of ours.
IGNORES = [".venv/*", "tests/*", "var/*", "build/*", "*/migrations/*", "*/demonstration/*"]


def relever(dossier):
    """Write the catalogue found in the sources under `dossier`/en, keeping the translations that are there."""
    (dossier / "en" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    with override_settings(LOCALE_PATHS=[str(dossier)]):
        call_command(
            "makemessages",
            locale=["en"],
            ignore_patterns=IGNORES,
            add_location="file",
            no_obsolete=True,
            no_wrap=True,
            verbosity=0,
        )


class Command(BaseCommand):
    help = "Collect the sentences to translate into site/locale/en, then compile the catalogue."

    def handle(self, **options):
        dossier = settings.SITE / "locale"
        relever(dossier)
        call_command("compilemessages", locale=["en"], ignore_patterns=IGNORES, verbosity=0)
        self.stdout.write(f"Catalogue : {dossier / 'en/LC_MESSAGES/django.po'}")
