"""Files as organisers send them, and the programme they name."""

import csv
import io
from datetime import datetime

import openpyxl
from django.utils import timezone

from ateliers import actions
from ateliers.models import Temps
from tests.fabriques import creer_consultation, creer_organisateur


def en_csv(lignes, separateur=";", encodage="utf-8"):
    sortie = io.StringIO(newline="")
    csv.writer(sortie, delimiter=separateur).writerows(lignes)
    return sortie.getvalue().encode(encodage)


def en_xlsx(lignes):
    classeur = openpyxl.Workbook()
    for ligne in lignes:
        classeur.active.append(ligne)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def seminaire(capacite=None, **champs):
    """A consultation being prepared, its organiser, two half-days with one and two workshops."""
    consultation = creer_consultation(etat="preparation", **champs)
    organisateur = creer_organisateur(consultation)
    fuseau = timezone.get_current_timezone()
    matin, soir = (
        Temps.objects.create(
            consultation=consultation,
            titre=titre,
            debut=datetime(2027, 5, 14, heure, tzinfo=fuseau),
            fin=datetime(2027, 5, 14, heure + 3, tzinfo=fuseau),
            ordre=ordre,
        )
        for ordre, (titre, heure) in enumerate((("Matin", 9), ("Après-midi", 14)))
    )
    ateliers = [
        actions.creer_atelier(
            consultation=consultation, temps=temps, titre=titre, capacite=capacite, par=organisateur
        )
        for temps, titre in ((matin, "Apprendre"), (soir, "Transmettre, partager"), (soir, "Travailler"))
    ]
    return consultation, organisateur, ateliers
