"""Fill the site with a network that lives; say where to look and who one may be."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from ateliers.models import Atelier
from consultation.textes import espacer_code
from contenus.models import FilInfoPage, SynthesePage
from plateforme.demonstration import comptes, domont, immersions, thouarsais


class Command(BaseCommand):
    help = "Create the demonstration where missing, then print its addresses and accounts. Twice is once."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError(
                "The demonstration is for one's own machine: it makes accounts whose password everyone knows. "
                "Set GERMOIR_DEBUG=1 on a database of its own."
            )
        from plateforme.demonstration import tout

        debut = time.monotonic()
        with override("fr"):
            demonstration = tout.poser(lambda etape: self.stdout.write(f"  · {etape}"))
        self.stdout.write(f"Démonstration prête, en {time.monotonic() - debut:.0f} s.\n")
        self._adresses(demonstration)
        self._comptes()

    def _adresses(self, demonstration):
        direct = Atelier.objects.get(code=domont.DIRECT)
        vote = Atelier.objects.get(code=domont.VOTE)
        synthese = SynthesePage.objects.live().first()
        fil = FilInfoPage.objects.live().first()
        invite = demonstration.seminaire.participants.order_by("pk").first()
        lignes = [
            ("Accueil", "/"),
            ("Entrer, code " + espacer_code(direct.code), f"/r/{direct.code}/"),
            ("Voter, code " + espacer_code(vote.code), f"/r/{vote.code}/"),
            ("Écran de la salle", f"/projeter/{direct.code}/"),
            ("Console", f"/animer/{direct.pk}/"),
            ("Pupitre du rapporteur", "/rapporter/"),
            ("Administration", "/gestion/"),
            ("Synthèse publiée", synthese.url if synthese else "/syntheses/"),
            ("Fil d’Info n° 4", fil.url if fil else "/fil-info/"),
            ("La preuve de son envoi", f"/gestion/courrier/numero/{fil.pk}/" if fil else "/gestion/courrier/"),
            ("Carnet du participant", f"/carnet/{demonstration.seminaire.slug}/"),
            ("Forum", f"/forum/{thouarsais.SLUG}/"),
            ("Forum, avec une carte", f"/forum/{thouarsais.SLUG}/carte/{thouarsais.CARTE}/"),
            ("Relire le forum", f"/forum/{thouarsais.SLUG}/moderer/"),
            ("Immersions, le tableau", f"/immersions/{immersions.SLUG}/bord/"),
            (f"Signer, code {espacer_code(immersions.CODE)}", f"/immersions/{immersions.SLUG}/"),
            (f"La page de {invite.prenom}", f"/m/{invite.code_personnel}/"),
        ]
        self.stdout.write("\nAdresses")
        for nom, chemin in lignes:
            self.stdout.write(f"  {nom:<24} {settings.URL_PUBLIQUE}{chemin}")

    def _comptes(self):
        self.stdout.write(f"\nComptes (mot de passe de tous : {comptes.MOT_DE_PASSE})")
        for email, _nom, usage in comptes.ROLES.values():
            self.stdout.write(f"  {email:<26} {usage}")
        self.stdout.write("")
