from django.core.management.base import BaseCommand, CommandError

from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Scrutin


class Command(BaseCommand):
    help = "Cherche les groupes d’opinion d’un vote trop grand pour la console, et garde la carte."

    def add_arguments(self, parser):
        parser.add_argument("scrutin", type=int, help="Numéro du vote.")

    def handle(self, *args, **options):
        try:
            scrutin = Scrutin.objects.get(pk=options["scrutin"])
            trouvees = actions.dessiner_opinions(scrutin=scrutin, par=None, sans_limite=True)
        except Scrutin.DoesNotExist:
            raise CommandError("Il n’y a pas de vote de ce numéro.") from None
        except Refus as refus:
            raise CommandError(refus.message) from refus
        self.stdout.write(f"Groupes : {len(trouvees['groupes'])}")
