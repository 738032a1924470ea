"""Say whether letters can leave, and whether they will be trusted."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultation.erreurs import Refus
from courrier import diagnostic
from courrier.actions.abonnements import lire_courriel

SIGNES = {True: "✓", False: "✗", None: "?"}


class Command(BaseCommand):
    help = "Essaie le serveur d’envoi, lit SPF, DKIM et DMARC, et dit quoi demander à l’hébergeur."

    def add_arguments(self, parser):
        parser.add_argument(
            "courriel", nargs="?", default="", help="une adresse à laquelle envoyer une lettre d’essai"
        )

    def handle(self, *, courriel, **options):
        with override("fr"):
            try:
                courriel = courriel and lire_courriel(courriel)
            except Refus as refus:
                raise CommandError(refus.message) from refus
            constats = self._constats(courriel)
            for constat in constats:
                self.stdout.write(f"{SIGNES[constat.bon]} {constat.dit}")
            if any(constat.bon is False for constat in constats):
                raise CommandError(_("Des choses sont à régler : voyez les lignes marquées ✗."))

    def _constats(self, courriel):
        de = _("Les lettres partent de %(de)s.") % {"de": settings.DEFAULT_FROM_EMAIL}
        self.stdout.write(de)
        if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
            dit = _("Aucun serveur d’envoi n’est réglé (EMAIL_URL) : les lettres ne quittent pas cette machine.")
            return [diagnostic.Constat(False, dit)]
        return [diagnostic.serveur(courriel), *diagnostic.dns_du_domaine(diagnostic.domaine())]
