from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consultation import actions
from consultation.erreurs import Refus
from consultation.lectures.adresses import adresse_libre
from consultation.models import Consultation, Territoire
from consultation.reprises import lire_decidim, lire_polis


class Command(BaseCommand):
    help = "Reprend une consultation faite sur Polis ou Decidim, même trop grande pour la page de gestion."

    def add_arguments(self, parser):
        parser.add_argument("plateforme", choices=("polis", "decidim"))
        parser.add_argument("idees", type=Path, help="comments.csv, ou les propositions de Decidim.")
        parser.add_argument("--votes", type=Path, help="participants-votes.csv, pour Polis.")
        parser.add_argument("--titre", required=True)
        parser.add_argument("--source", required=True, help="Le nom de la consultation d’origine, ou son adresse.")
        parser.add_argument("--territoire", required=True, help="Le nom d’un territoire du site.")

    def handle(self, *args, **options):
        try:
            territoire = Territoire.objects.get(nom=options["territoire"])
            consultation = actions.reprendre_consultation(
                lecture=self._lire(options),
                consultation=Consultation(
                    titre=options["titre"], slug=adresse_libre(options["titre"]), territoire=territoire
                ),
                source=options["source"],
                par=None,
                sans_limite=True,
            )
        except (Territoire.DoesNotExist, Territoire.MultipleObjectsReturned):
            raise CommandError("Il faut le nom exact d’un territoire du site, et d’un seul.") from None
        except (Refus, OSError) as erreur:
            raise CommandError(str(getattr(erreur, "message", erreur))) from erreur
        self.stdout.write(f"Reprise en préparation : {consultation.slug}")

    def _lire(self, options):
        """Read the files; each wrong row is told, and left aside."""
        if options["plateforme"] == "decidim":
            lecture = lire_decidim(options["idees"].read_bytes())
        else:
            votes = options["votes"]
            lecture = lire_polis(options["idees"].read_bytes(), votes.read_bytes() if votes else None)
        for faute in lecture.fautes:
            self.stderr.write(f"{faute.fichier}, ligne {faute.ligne} : {faute.phrase}")
        return lecture
