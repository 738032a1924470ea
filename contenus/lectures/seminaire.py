"""What the public page of a seminar shows."""

from dataclasses import dataclass

from django.urls import reverse

from ateliers import lectures as lectures_ateliers
from ateliers.models import Temps
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
class Seminaire:
    consultation: Consultation | None
    quand: str
    programme: list
    colleges: list
    ouverts: list
    syntheses: list
    carnet: str


def seminaire(page, request):
    """Return the Seminaire of a page, empty when its consultation was removed. Six queries at most."""
    consultation = page.consultation
    if consultation is None:
        return Seminaire(None, "", [], [], [], [], "")
    return Seminaire(
        consultation=consultation,
        quand=dates.periode(consultation.debut, consultation.fin),
        programme=_programme(consultation),
        colleges=list(consultation.colleges.all()),
        ouverts=[a for a in ateliers_ouverts() if a.espace.consultation_id == consultation.pk],
        syntheses=[
            (synthese, synthese.get_url(request))
            for synthese in syntheses_publiees().filter(synthese__consultation=consultation)
        ],
        carnet=reverse("contenus:carnet", args=[consultation.slug]),
    )


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
