"""What the public page of a seminar shows."""

from dataclasses import dataclass

from django.urls import reverse

from ateliers import lectures as lectures_ateliers
from ateliers.models import Temps
from consultation.lectures import demarche
from consultation.models import Consultation

from ..carnet import dates
from .accueil import ateliers_ouverts, demi_journee
from .synthese import syntheses_publiees


@dataclass(frozen=True)
class Demijournee:
    temps: Temps
    quand: str
    heures: str
    ateliers: list


@dataclass(frozen=True)
class EtapeDite:
    """A stage of the démarche as the page says it. `etat`: "faite", "en_cours" or "a_venir"."""

    titre: str
    quand: str
    lieu: str
    resume: str
    etat: str


@dataclass(frozen=True)
class Seminaire:
    consultation: Consultation | None
    quand: str
    demarche: list
    programme: list
    colleges: list
    ouverts: list
    syntheses: list
    carnet: str


def seminaire(page, request):
    """Return the Seminaire of a page, empty when its consultation was removed. Seven queries at most."""
    consultation = page.consultation
    if consultation is None:
        return Seminaire(None, "", [], [], [], [], [], "")
    return Seminaire(
        consultation=consultation,
        quand=dates.periode(consultation.debut, consultation.fin),
        demarche=[_etape(lue) for lue in demarche(consultation)],
        programme=_programme(consultation),
        colleges=list(consultation.colleges.all()),
        ouverts=[a for a in ateliers_ouverts() if a.espace.consultation_id == consultation.pk],
        syntheses=[
            (synthese, synthese.get_url(request))
            for synthese in syntheses_publiees().filter(synthese__consultation=consultation)
        ],
        carnet=reverse("contenus:carnet", args=[consultation.slug]),
    )


def _etape(lue):
    etape = lue.etape
    quand = etape.moment or dates.periode(etape.debut, etape.fin)
    return EtapeDite(etape.titre, quand, etape.lieu, etape.resume, lue.etat)


def _programme(consultation):
    return [
        Demijournee(
            temps=temps,
            quand=demi_journee(temps.debut),
            heures=f"{dates.heure(temps.debut)} – {dates.heure(temps.fin)}",
            ateliers=list(temps.ateliers.all()),
        )
        for temps in lectures_ateliers.programme(consultation)
    ]
