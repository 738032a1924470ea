"""Files made in the background: what asking, writing, stopping and forgetting have in common."""

import os
import shutil
from datetime import timedelta

from django.utils import timezone

from .. import regles
from .gardes import exiger, exiger_droit, verrouiller

#: They carry what people wrote, or their codes: kept the time to take them away.
GARDE = timedelta(days=7)


def exiger_organisateur(fichier_ou_consultation, par):
    """Raise a 403 unless `par` organises the consultation, or that of the file."""
    consultation = getattr(fichier_ou_consultation, "consultation", fichier_ou_consultation)
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)


def exiger_un_seul(modele, consultation, message):
    """Raise a 422 "deja" when one of that kind is under way. Inside the transaction of the act, which then holds
    the consultation: two who ask together do not both pass."""
    verrouiller(consultation)
    en_cours = modele.objects.filter(consultation=consultation, etat=modele.Etat.EN_COURS)
    exiger(not en_cours.exists(), "deja", message)


def quitter_en_cours(fichier, etat, **champs):
    """Move a file out of "under way"; False when it had already left it, and nothing is changed."""
    en_cours = type(fichier).objects.filter(pk=fichier.pk, etat=fichier.Etat.EN_COURS)
    return bool(en_cours.update(etat=etat, **champs))


def poser(chemin, ecrire):
    """Write a file whole or not at all: it takes its name once `ecrire`, a call with a path, has written it.

    Return what `ecrire` does.
    """
    chemin.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    neuf = chemin.with_name(f"{chemin.name}.{os.getpid()}.neuf")
    rendu = ecrire(neuf)
    os.replace(neuf, chemin)
    return rendu


def oublier_fichiers(modele):
    """Remove those that are a week old, and what they left on the disk."""
    for fichier in modele.objects.filter(demande_le__lt=timezone.now() - GARDE):
        shutil.rmtree(fichier.dossier, ignore_errors=True)
        fichier.delete()
