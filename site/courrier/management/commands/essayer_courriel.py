"""Say whether letters can leave, and whether they will be trusted."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultation.erreurs import Refus
from courrier import diagnostic, releve
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
        du_dns = diagnostic.dns_du_domaine(diagnostic.domaine())
        return [diagnostic.serveur(courriel), *du_dns, self._retours()]

    def _retours(self):
        if not settings.RETOURS_BOITE:
            dit = _("Les lettres qui reviennent ne sont pas lues : GERMOIR_RETOURS_BOITE n’est pas réglé.")
            return diagnostic.Constat(None, dit)
        try:
            with releve.ouvrir():
                return diagnostic.Constat(True, _("La boîte des retours s’ouvre."))
        except releve.BoiteFermee as erreur:
            dit = _("La boîte des retours ne s’ouvre pas : %(dit)s") % {"dit": erreur}
            return diagnostic.Constat(False, dit)
