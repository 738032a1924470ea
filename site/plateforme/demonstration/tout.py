"""The whole demonstration, in order, each part in one transaction: a part is there entirely, or not at all."""

from dataclasses import dataclass
from unittest import mock

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import (
    aquitaine,
    carnet,
    comptes,
    courrier,
    domont,
    fiches,
    grille,
    immersions,
    lille,
    publications,
    pupitre,
    rencontre,
    suites,
    territoires,
    thouarsais,
    visites,
)


@dataclass(frozen=True)
class Demonstration:
    equipe: comptes.Equipe
    seminaire: object
    echange: object
    rencontre: object
    forum: object
    national: object
    immersions: object


@mock.patch.object(BaseDatabaseWrapper, "queries_logged", False)  # debug keeps them all: nobody reads so many
def poser(dire):
    """Create what is missing and return the Demonstration. `dire(str)` is told of each part as it begins."""
    dire("Comptes et régions")
    with transaction.atomic():
        equipe = comptes.poser()
        lieux = territoires.poser(par=equipe.admin)
    dire("Nouvelle-Aquitaine : 114 personnes, 60 pistes")
    with transaction.atomic():
        echange, synthese = aquitaine.poser(equipe, lieux)
    dire("Domont : 122 inscrits, huit ateliers")
    with transaction.atomic():
        seminaire = domont.poser(equipe, lieux)
    dire("Domont : une grille, 150 réponses")
    with transaction.atomic():
        grille.poser(equipe, seminaire)
    dire("Domont : six visites d’entreprises, un compte rendu publié")
    with transaction.atomic():
        visites.poser(equipe, seminaire)
    dire("Pontoise : une rencontre à venir, on s’y inscrit soi-même")
    with transaction.atomic():
        a_venir = rencontre.poser(equipe, lieux, seminaire)
    dire("Thouars : un forum où l’on propose et discute")
    with transaction.atomic():
        forum = thouarsais.poser(equipe, lieux)
    dire("Pages : synthèse, Fil d’Info, séminaires, questions")
    with transaction.atomic():
        publications.poser(equipe, synthese, seminaire, a_venir)
        suites.poser(equipe, echange)
        carnet.poser(equipe, seminaire)
    dire("Courrier : 300 abonnés, le numéro 4 envoyé")
    with transaction.atomic():
        courrier.poser(equipe)
    dire("Fiches : vingt-quatre cas, six dispositifs")
    with transaction.atomic():
        fiches.poser(equipe, synthese.page)
    dire("Pupitre : un brouillon qui ne cite pas tout le monde autant")
    with transaction.atomic():
        pupitre.poser(echange, equipe)
    dire("Lille : un séminaire national suivi dans trois régions, une en retard")
    with transaction.atomic():
        national = lille.poser(equipe, lieux)
    dire("Pays des Deux Rives : une année d’immersions, 106 faites pour 40 visées")
    with transaction.atomic():
        deux_rives = immersions.poser(equipe, lieux)
    return Demonstration(equipe, seminaire, echange, a_venir, forum, national, deux_rives)
