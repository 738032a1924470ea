"""Say in the proofs which letters came back."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from courrier import releve, retours


class Command(BaseCommand):
    help = "Lit la boîte des retours (GERMOIR_RETOURS_BOITE), ou un seul message donné en entrée (--message)."

    def add_arguments(self, parser):
        parser.add_argument("--message", action="store_true", help="lit un message sur l’entrée standard")

    def handle(self, *, message, **options):
        with override("fr"):
            if not message and not settings.RETOURS_BOITE:
                raise CommandError(_("Aucune boîte n’est réglée : GERMOIR_RETOURS_BOITE est vide."))
            try:
                revenues, autres = self._du_message() if message else releve.relever()
            except releve.BoiteFermee as erreur:
                raise CommandError(
                    _("La boîte des retours ne s’ouvre pas : %(dit)s") % {"dit": erreur}
                ) from erreur
            dit = ngettext("%(n)d lettre revenue.", "%(n)d lettres revenues.", revenues) % {"n": revenues}
            self.stdout.write(dit if revenues else _("Aucune lettre revenue."))
            if autres:
                dit = ngettext(
                    "%(n)d message qui n’est pas le retour d’une de nos lettres.",
                    "%(n)d messages qui ne sont pas le retour d’une de nos lettres.",
                    autres,
                )
                self.stdout.write(dit % {"n": autres})

    def _du_message(self):
        return releve.recevoir([(None, sys.stdin.buffer.read(retours.LU))])
