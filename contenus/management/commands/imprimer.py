"""manage.py imprimer <slug> --vers <folder>: the whole print run of a seminar."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultation.models import Consultation
from contenus.impression.tirages import imprimer


class Command(BaseCommand):
    help = "Prépare les carnets de tous les inscrits, les badges et les affiches d’une consultation."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="adresse courte de la consultation")
        parser.add_argument("--vers", type=Path, required=True, help="dossier où ranger les PDF")

    def handle(self, *, slug, vers, **options):
        consultation = Consultation.objects.filter(slug=slug).first()
        if consultation is None:
            raise CommandError(_("Aucune consultation n’a l’adresse « %(slug)s ».") % {"slug": slug})
        manques = []
        for fait in imprimer(consultation, vers):
            self.stdout.write(f"[{fait.rang}/{fait.sur}] {fait.nom}" + (f" : {fait.cause}" if fait.cause else ""))
            if fait.cause:
                manques.append(fait.nom)
        if manques:
            raise CommandError(
                _("Non imprimés : %(noms)s. Tout le reste est prêt.") % {"noms": ", ".join(manques)}
            )
        self.stdout.write(self.style.SUCCESS(_("Tout est prêt dans %(dossier)s.") % {"dossier": vers}))
