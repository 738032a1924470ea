"""A phone on bad wifi: the room, the relay between the two, and what a hand does on the screen."""

import os
import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from ateliers import actions
from consultation import actions as actions_consultation
from consultation.models import Journal, Proposition, Voix
from tests.ateliers.fabriques_salle import (
    faire_atelier,
    faire_consultation,
    faire_etapes,
    faire_participant,
    faire_pistes,
)
from tests.ateliers.relais import Relais
from tests.patience import jusqu_a

HORS = "Vous êtes hors connexion."


class Salle:
    """One room with its steps, and a person of it on a phone behind a relay."""

    rang = 0

    def __init__(self, serveur, ouvrir, *natures):
        Salle.rang += 1
        adresse = urlsplit(serveur.url)
        self.relais = Relais((adresse.hostname, adresse.port))
        self._ouvrir = ouvrir
        code = f"K7P4{'ABCDEFGHJKLMNPQRSTUVWXYZ'[Salle.rang % 24]}2"
        self.atelier = faire_atelier(faire_consultation(slug=f"salle-{Salle.rang}"), code=code)
        self.pistes = faire_pistes(self.atelier, 3)
        self.etapes = {etape.nature: etape for etape in faire_etapes(self.atelier, *natures)}
        if "vote" in self.etapes:
            vote = self.etapes["vote"]
            espace = self.atelier.espace
            vote.scrutin = actions_consultation.preparer_scrutin(espace=espace, titre="Vote", par=None)
            vote.save()
        self.sonia = faire_participant(self.atelier, accord_publication=False)
        self.chemin = f"/a/{code}/"

    def lancer(self, nature):
        actions.ouvrir_etape(etape=self.etapes[nature], par=None)

    def telephone(self, script="", horloge=False, **options):
        """Their phone, in the room. With `horloge`, its timers can be moved: `page.clock`."""
        page = self._ouvrir("", qui=self.sonia, attendre_erreurs=True, **options)
        if script:
            page.context.add_init_script(script)
        if horloge:
            page.clock.install()
        assert self.aller(page).status == 200
        expect(page.locator("main[data-ecran]")).to_be_attached()
        return page

    def aller(self, page):
        return page.goto(self.relais.url + self.chemin)

    @property
    def voix(self):
        return dict(Voix.objects.filter(participant=self.sonia).values_list("piste__numero", "valeur"))

    @property
    def phrases(self):
        return list(Proposition.objects.filter(auteur=self.sonia).order_by("pk").values_list("texte", flat=True))

    @property
    def votes_ecrits(self):
        return Journal.objects.filter(verbe="voter", participant_id=self.sonia.pk).count()


def poser(page, numero, n=1):
    for _fois in range(n):
        page.get_by_role("button", name=f"Poser une gommette sur la piste n° {numero}").click()


def valider(page):
    page.get_by_role("button", name="Valider mes votes").click()


def dire(page, texte):
    page.get_by_label("Ma piste").fill(texte)
    page.get_by_role("button", name="Proposer ma piste").click()


def titre(page, texte):
    expect(page.get_by_role("heading", level=1, name=re.compile(texte))).to_be_visible()


def avis(page, texte):
    expect(page.locator("#avis")).to_contain_text(texte)


def veille(page):
    """Wait until the service worker is in charge, with its files, and the room itself is kept."""
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    jusqu_a(page, "navigator.serviceWorker.controller !== null")
    jusqu_a(page, "(await (await caches.open('germoir-pages')).match(location.pathname)) !== undefined")


def montrer(page, nom):
    """Keep a picture when someone wants to look: GERMOIR_IMAGES=folder."""
    if dossier := os.environ.get("GERMOIR_IMAGES"):
        for largeur in (390, 320):
            page.set_viewport_size({"width": largeur, "height": 844})
            page.screenshot(path=f"{dossier}/{nom}-{largeur}.png", full_page=True)
