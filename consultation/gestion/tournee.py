"""A tour of the worker on the spreadsheets of everything. May be run by several workers, and killed at any moment:
one that was half written is written again, from its first row, in a folder of its own."""

import logging
import tempfile
from pathlib import Path

from django.utils.translation import override

from .. import actions
from ..models import Classeur
from .exports import dessins_d_une, feuilles_de
from .tableur import ecrire_xlsx

journal = logging.getLogger(__name__)
#: Rows between two looks at whether someone still waits for it.
PAS = 500


class PlusAttendu(Exception):
    """Someone's words have gone since it was begun: what is being written has no reader any more."""


def avancer():
    """Write what is asked for, oldest first."""
    for classeur in (
        Classeur.objects.filter(etat=Classeur.Etat.EN_COURS).select_related("consultation").order_by("pk")
    ):
        with override("fr"):
            _un(classeur)


def _un(classeur):
    try:
        classeur.dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=classeur.dossier, ignore_cleanup_errors=True) as dossier:
            ecrit = Path(dossier) / "classeur.xlsx"
            _ecrire(classeur, ecrit)
            actions.finir_classeur(classeur=classeur, ecrit=ecrit)
    except PlusAttendu:
        pass
    except Exception:
        journal.exception("Spreadsheet %s could not be written", classeur.pk)
        actions.renoncer_au_classeur(classeur=classeur)


def _ecrire(classeur, chemin):
    dit = [None, 0]

    def avance(feuilles, lignes):
        if feuilles == dit[0] and lignes < dit[1] + PAS:
            return
        dit[:] = feuilles, lignes
        if not actions.constater_classeur(classeur=classeur, feuilles=feuilles, lignes=lignes):
            raise PlusAttendu

    ecrire_xlsx(chemin, feuilles_de(classeur.consultation, "tout"), dessins_d_une, avance)
