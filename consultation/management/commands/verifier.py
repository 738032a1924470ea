from django.core.management.base import BaseCommand, CommandError

from consultation import actions
from consultation.decomptes import Familles
from consultation.lectures.coherence import ecarts_de_decompte, incoherences
from consultation.lectures.integrite import defauts
from consultation.models import Consultation


class Command(BaseCommand):
    help = "La base est-elle saine, les comptes justes ? Une ligne par écart, et une sortie 1 s’il y en a."

    def add_arguments(self, parser):
        parser.add_argument("consultations", nargs="*", metavar="adresse", help="une ou plusieurs ; toutes sinon")
        parser.add_argument("--corriger", action="store_true", help="réécrire les décomptes faux d’après les voix")

    def handle(self, *args, consultations, corriger, **options):
        lues = Consultation.objects.order_by("pk")
        if consultations:
            lues = lues.filter(slug__in=consultations)
        if corriger:
            for consultation in lues:
                self._corriger(consultation)
        lignes = [*defauts()]
        lignes += [f"{c.slug} : {ligne}" for c in lues for ligne in incoherences(c)]
        for ligne in lignes:
            self.stdout.write(ligne)
        if lignes:
            raise CommandError(f"{len(lignes)} écart(s).", returncode=1)
        self.stdout.write(f"Tout concorde : {len(lues)} consultation(s).")

    def _corriger(self, consultation):
        familles = Familles.de(consultation.pk)
        for scrutin in consultation.scrutins.all():
            if ecarts_de_decompte(scrutin, familles):
                actions.corriger_decompte(scrutin=scrutin, par=None, motif="manage.py verifier --corriger")
                self.stdout.write(f"{consultation.slug} : scrutin {scrutin.pk} recompté")
