"""A whole print run, one file at a time: what cannot be made is named, and the rest is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

from consultation.models import Participant

from .carnets import carnet_pdf
from .composer import EchecImpression
from .imposition import imposer
from .murs import affiches_pdf, badges_pdf

LECTURE, IMPRESSION = "carnets-a-lire", "carnets-a-imprimer"


@dataclass(frozen=True)
class Fait:
    """One step of the run: `rang` out of `sur`; `cause` is empty when it was made."""

    rang: int
    sur: int
    nom: str
    cause: str = ""


def imprimer(consultation, dossier: Path) -> Iterator[Fait]:
    """Write badges, posters and every registered person's booklet (to read, to print) under `dossier`.

    Yields a `Fait` after each document, made or not; only a disk that fails stops the run.
    """
    gens = list(_inscrits(consultation))
    travaux = [
        ("badges", lambda: _ecrire(dossier / "badges.pdf", badges_pdf(consultation))),
        ("affiches", lambda: _ecrire(dossier / "affiches.pdf", affiches_pdf(consultation))),
        ("carnet sans nom", lambda: _carnet(consultation, None, dossier)),
        *((_nom(personne), lambda p=personne: _carnet(consultation, p, dossier)) for personne in gens),
    ]
    for rang, (nom, faire) in enumerate(travaux, start=1):
        try:
            faire()
        except EchecImpression as echec:
            yield Fait(rang, len(travaux), nom, echec.cause)
        else:
            yield Fait(rang, len(travaux), nom)


def _inscrits(consultation):
    personne = (Participant.Origine.SIMULATION, Participant.Origine.BULLETIN)
    return consultation.participants.filter(efface_le__isnull=True).exclude(origine__in=personne).order_by("pk")


def _nom(personne):
    return personne.nom_complet or f"n° {personne.pk}"


def _carnet(consultation, participant, dossier):
    nom = f"{participant.pk:05d}-{slugify(_nom(participant))[:60]}" if participant else "sans-nom"
    pdf = carnet_pdf(consultation, participant)
    _ecrire(dossier / LECTURE / f"{nom}.pdf", pdf)
    _ecrire(dossier / IMPRESSION / f"{nom}-a-imprimer.pdf", imposer(pdf))


def _ecrire(chemin, pdf):
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_bytes(pdf)
