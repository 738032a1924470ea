"""A tour of the worker on print runs: booklets made one by one, each kept before the next, then one file.

May be run by several workers and killed at any moment: a booklet half made is made again, over itself.
"""

import logging
import time
from pathlib import Path

import pikepdf
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultation.actions.fichiers import poser

from .actions import tirages as actes
from .impression.carnets import carnet_apres_pdf, carnet_pdf
from .impression.composer import couverte
from .impression.imposition import imposer
from .impression.reliure import Reliure
from .impression.textes import MANQUE, imprimable
from .models import CarnetTire, Tirage

journal = logging.getLogger(__name__)
#: Seconds of one tour: the worker has other tasks, some of them each minute.
TOUR = 20


def avancer():
    """Make what may be made of each run under way, oldest first."""
    fin = time.monotonic() + TOUR
    for tirage in Tirage.objects.filter(etat=Tirage.Etat.EN_COURS).select_related("consultation").order_by("pk"):
        with override("fr"):
            if _avancer_un(tirage, fin):
                _relier(tirage)


def _avancer_un(tirage, fin):
    """Make booklets until the tour is over or the run is stopped; True when none is left to make."""
    attente = tirage.carnets.filter(etat=CarnetTire.Etat.ATTENTE, tirage__etat=Tirage.Etat.EN_COURS)
    while time.monotonic() < fin:
        carnet = attente.select_related("participant__college", "participant__consultation").first()
        if carnet is None:
            return Tirage.objects.filter(pk=tirage.pk, etat=Tirage.Etat.EN_COURS).exists()
        _faire(tirage, carnet)
    return False


def _faire(tirage, carnet):
    """One booklet; whatever goes wrong with it is said of it, and stops none of the others."""
    personne = carnet.participant
    try:
        pdf = _pdf(tirage, personne)
        poser(carnet.fichier, lambda chemin: chemin.write_bytes(pdf))
    except OSError:  # the disk: nothing that the others would be spared
        raise
    except Exception:
        journal.exception("A booklet of run %s could not be made", tirage.pk)
        actes.constater_carnet(
            carnet=carnet, fait=False, mots=_("Ce carnet n’a pas pu être composé. Relisez ce que dit sa fiche.")
        )
        return
    mots = ""
    if MANQUE in imprimable(personne.nom_complet, couverte):
        mots = _("Un signe de ce nom ne s’imprime pas : il est remplacé par □.")
    actes.constater_carnet(carnet=carnet, mots=mots)


def _pdf(tirage, personne):
    format = "a5" if tirage.format == Tirage.Format.LIVRET else tirage.format
    if tirage.edition == Tirage.Edition.APRES:
        pdf = carnet_apres_pdf(personne, format)
    else:
        pdf = carnet_pdf(personne.consultation, personne, format)
    return imposer(pdf) if tirage.format == Tirage.Format.LIVRET else pdf


def _relier(tirage):
    """Put the booklets in one file, in their order."""
    faits = [carnet.fichier for carnet in tirage.carnets.filter(etat=CarnetTire.Etat.FAIT)]
    perdus = [chemin for chemin in faits if not chemin.exists()]
    if perdus:  # another disk, or one that was cleaned: they are made again
        rangs = [int(chemin.stem) for chemin in perdus]
        tirage.carnets.filter(rang__in=rangs).update(etat=CarnetTire.Etat.ATTENTE)
        return
    pages = 0
    if faits:
        pages = poser(tirage.fichier, lambda chemin: _assembler(faits, chemin, str(tirage.consultation)))
    actes.finir_tirage(tirage=tirage, pages=pages, relies=len(faits))


def _assembler(sources: list[Path], chemin: Path, titre):
    """Bind PDF files, one open at a time; return the count of pages."""
    with chemin.open("wb") as flux:
        reliure = Reliure(flux)
        for source in sources:
            with pikepdf.open(source) as pdf:
                reliure.ajouter(pdf)
        reliure.finir(titre)
    return reliure.pages
