"""A whole consultation as one spreadsheet, made in the background: asked for, written, out of date, forgotten."""

import os
import shutil
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Classeur
from .fichiers import exiger_organisateur, exiger_un_seul, oublier_fichiers, quitter_en_cours
from .gardes import noter


def lancer_classeur(*, consultation, par):
    """Ask for the spreadsheet of everything and return the Classeur. Raises Refus "interdit" 403, "deja" 422."""
    exiger_organisateur(consultation, par)
    with transaction.atomic():
        deja = _("Un fichier complet est déjà en préparation. Attendez qu’il soit prêt.")
        exiger_un_seul(Classeur, consultation, deja)
        classeur = Classeur.objects.create(consultation=consultation, demande_par=par)
        noter(verbe="lancer_classeur", objet=classeur, compte=par)
    return classeur


def constater_classeur(*, classeur, feuilles, lignes):
    """Keep how far one is; False when nobody waits for it any more. Not journaled: the whole is."""
    en_cours = Classeur.objects.filter(pk=classeur.pk, etat=Classeur.Etat.EN_COURS)
    return bool(en_cours.update(feuilles=feuilles, lignes=lignes))


def finir_classeur(*, classeur, ecrit):
    """Give the file `ecrit` (a path, whole) its place; False when someone's words have gone meanwhile.

    Its row is held while it takes its place: whoever takes words back comes before, and there is no file, or
    after, and removes it.
    """
    with transaction.atomic():
        octets = ecrit.stat().st_size
        champs = {"octets": octets, "fini_le": timezone.now(), "mots": ""}
        if not quitter_en_cours(classeur, Classeur.Etat.FAIT, **champs):
            return False
        noter(verbe="finir_classeur", objet=classeur)
        os.replace(ecrit, classeur.fichier)
    return True


def renoncer_au_classeur(*, classeur):
    """Keep that it could not be written: it is not tried again by itself. Not journaled."""
    mots = _("Ce fichier n’a pas pu être écrit. Demandez-le à nouveau ; sinon, prévenez l’administrateur.")
    quitter_en_cours(classeur, Classeur.Etat.ARRETE, mots=mots)


def perimer_classeurs(consultation_id):
    """Take away the files in which someone's words are that have been taken back or masked. Inside that act."""
    mots = _("Des mots de ce fichier ont été effacés ou masqués depuis. Demandez-le à nouveau.")
    siens = Classeur.objects.filter(consultation=consultation_id).exclude(etat=Classeur.Etat.ARRETE)
    for classeur in siens:
        Classeur.objects.filter(pk=classeur.pk).update(etat=Classeur.Etat.ARRETE, mots=mots)
        transaction.on_commit(partial(shutil.rmtree, classeur.dossier, ignore_errors=True))


def oublier_classeurs():
    """Remove those that are a week old, and their files."""
    oublier_fichiers(Classeur)
