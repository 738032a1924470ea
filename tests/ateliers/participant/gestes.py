"""A room, someone in it and their phone: what they do there, and how a page is read."""

import re

from django.test import Client

from ateliers import actions
from consultation import actions as actions_consultation
from consultation.models import Voix

from ..fabriques_salle import (
    faire_atelier,
    faire_etapes,
    faire_participant,
    faire_pistes,
)

JSON = {"HTTP_ACCEPT": "application/json"}


def telephone_de(participant):
    navigateur = Client()
    navigateur.get(f"/m/{participant.code_personnel}/")
    return navigateur


def texte(reponse):
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode()))


def titre(reponse):
    return re.sub(r"[ \n]+", " ", re.search(r"<h1[^>]*>(.*?)</h1>", reponse.content.decode(), re.S)[1]).strip()


class Salle:
    """A room, Sonia in it, and her phone."""

    def __init__(self, *natures, mode="gommettes", pistes=3, gommettes=3, secret=False):
        self.atelier = faire_atelier()
        self.etapes = {etape.nature: etape for etape in faire_etapes(self.atelier, *natures)}
        self.sonia = faire_participant(self.atelier)
        self.telephone = telephone_de(self.sonia)
        if "vote" in self.etapes:
            self.pistes = faire_pistes(self.atelier, pistes)
            self.etapes["vote"].scrutin = actions_consultation.preparer_scrutin(
                espace=self.atelier.espace, titre="Vote", mode=mode, gommettes=gommettes, secret=secret, par=None
            )
            self.etapes["vote"].save()

    def ouvrir(self, nature):
        actions.ouvrir_etape(etape=self.etapes[nature], par=None)

    def clore(self, nature):
        actions.clore_etape(etape=self.etapes[nature], par=None)

    def voir(self, suite=""):
        return self.telephone.get(f"/a/K7P4M2/{suite}")

    def proposer(self, mots_ecrits, cle="c" * 32, axe=None, pour=None, **entetes):
        """`pour`: {"table", "college"} of whoever says it, when the phone is that of a table."""
        champs = {"texte": mots_ecrits, "cle": cle, **({} if axe is None else {"axe": axe}), **(pour or {})}
        return self.telephone.post("/a/K7P4M2/proposer/", champs, **entetes)

    def par_tables(self, nombre):
        """One phone writes for each of `nombre` tables. Return the step."""
        return actions.modifier_etape(etape=self.etapes["ideation"], tables=nombre, par=None)

    def offrir_axes(self, *titres):
        """Axes that the room's words may be filed under."""
        axes = [self.atelier.consultation.axes.create(titre=titre, ordre=n) for n, titre in enumerate(titres)]
        self.atelier.espace.axes.set(axes)
        return axes

    def voter(self, choix, cle="v" * 32, **entetes):
        donnees = {f"piste-{piste}": valeur for piste, valeur in choix.items()}
        return self.telephone.post("/a/K7P4M2/voter/", {**donnees, "cle": cle}, **entetes)

    @property
    def voix(self):
        return dict(Voix.objects.filter(participant=self.sonia).values_list("piste", "valeur"))
