"""The waiting list of a full atelier: nobody is refused, and seats given back go to who asked first."""

from django.db import transaction
from django.db.models import Count, F, Q

from consultation.actions.gardes import exiger_droit
from consultation.erreurs import Refus

from .. import regles
from ..models import Atelier, Attente, Place
from .gardes import exiger_preparer
from .parole import liberer_place, reserver_place


@transaction.atomic
def demander_place(*, atelier, participant, par):
    """Keep a seat for someone or, when the atelier is full, a rank on its waiting list.

    Return the Place or Attente. Raises Refus 403, "autre_consultation" 422.
    """
    try:
        with transaction.atomic():
            place = reserver_place(atelier=atelier, participant=participant, par=par)
    except Refus as refus:
        if refus.code != "complet":
            raise
        attente, _creee = Attente.objects.get_or_create(atelier=atelier, participant=participant)
        return attente
    Attente.objects.filter(atelier=atelier, participant=participant).delete()
    return place


@transaction.atomic
def renoncer(*, atelier, participant, par):
    """Leave a seat or a rank on the waiting list; the seat goes to the first who waits. Raises Refus 403."""
    exiger_droit(lambda: regles.peut_animer(par, atelier), par)
    liberer_place(atelier=atelier, participant=participant, par=par)
    Attente.objects.filter(atelier=atelier, participant=participant).delete()
    if par is not None:  # who leads the room gives the seat back; the list then serves itself, as by rule
        _donner(atelier.consultation, par=None)


@transaction.atomic
def donner_les_places(*, consultation, par):
    """Give each seat left to the first who waits for it and is not busy elsewhere then. Return the Places.

    Someone who already sits in another atelier of the same half-day keeps their rank: they may still change.
    Raises Refus 403.
    """
    exiger_preparer(par, consultation)
    return _donner(consultation, par)


def _donner(consultation, par):
    rendues = []
    for atelier in _attendus(consultation):
        Attente.objects.filter(atelier=atelier, participant__places__atelier=atelier).delete()
        libres = None if atelier.capacite is None else atelier.capacite - atelier.nb_prises
        attentes = (
            Attente.objects.filter(atelier=atelier, participant__efface_le=None)
            .exclude(participant__in=Place.objects.filter(atelier__temps=atelier.temps_id).values("participant"))
            .select_related("participant")
        )
        for attente in attentes if libres is None else attentes[: max(libres, 0)]:
            rendues.append(reserver_place(atelier=atelier, participant=attente.participant, par=par))
            attente.delete()
    return rendues


def _attendus(consultation):
    """Ateliers that someone waits for and that have a seat left, rows locked, with `nb_prises`."""
    siens = Atelier.objects.filter(espace__consultation=consultation, attentes__isnull=False)
    verrou = Atelier.objects.select_for_update(no_key=True).filter(pk__in=siens.values("pk")).order_by("pk")
    cles = [atelier.pk for atelier in verrou]
    return list(
        Atelier.objects.filter(pk__in=cles)
        .select_related("espace__consultation")
        .annotate(nb_prises=Count("places_prises"))
        .filter(Q(capacite=None) | Q(capacite__gt=F("nb_prises")))
        .dans_l_ordre()
    )
