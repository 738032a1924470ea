"""Speaking aloud: who is drawn by lot, who passes, how many turns each college had."""

import secrets

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from consultation import actions as actes

from ..annonces import avancer
from ..models import Atelier, Place, PriseDeParole
from .gardes import exiger, exiger_animer


@transaction.atomic
def tirer_la_parole(*, atelier, par, college=None):
    """Draw someone among those who are there, of one college or of all; return the PriseDeParole.

    Nobody is drawn a second time before everyone there has been once: the lot falls among those drawn least often.
    The turn of whoever was drawn before has been had. Raises Refus 403, "ailleurs" 422, "personne" 409.
    """
    exiger_animer(par, atelier)
    _exiger_d_ici(atelier, college)
    Atelier.objects.select_for_update(no_key=True).get(pk=atelier.pk)
    la = _presents(atelier, college)
    exiger(
        la,
        "personne",
        _("Personne n’est là à tirer au sort. On tire parmi les téléphones allumés dans la salle."),
        statut=409,
    )
    moins = min(place.tires for place in la)
    choisie = secrets.choice([place for place in la if place.tires == moins])
    tour = PriseDeParole.objects.create(
        atelier=atelier, college=choisie.participant.college, participant=choisie.participant
    )
    _noter("tirer_la_parole", atelier, par, college=college and college.pk, parmi=len(la))
    return tour


@transaction.atomic
def passer_son_tour(*, tour, par):
    """The person drawn does not wish to speak. Twice is once. Raises Refus 403."""
    exiger_animer(par, tour.atelier)
    if PriseDeParole.objects.filter(pk=tour.pk, participant__isnull=False, passee=False).update(passee=True):
        _noter("passer_son_tour", tour.atelier, par)


@transaction.atomic
def noter_parole(*, atelier, college, par):
    """Someone of this college has spoken; their name is not kept. Return the PriseDeParole. Raises Refus 403."""
    exiger_animer(par, atelier)
    _exiger_d_ici(atelier, college)
    tour = PriseDeParole.objects.create(atelier=atelier, college=college)
    _noter("noter_parole", atelier, par, college=college.pk)
    return tour


@transaction.atomic
def oublier_parole(*, tour, par):
    """Take back a turn that was noted or drawn by mistake. Raises Refus 403."""
    exiger_animer(par, tour.atelier)
    supprimes, _detail = PriseDeParole.objects.filter(pk=tour.pk).delete()
    if supprimes:
        _noter("oublier_parole", tour.atelier, par, college=tour.college_id)


def _presents(atelier, college):
    """The Places of those who are there, with `.tires`: how many times each was drawn here."""
    places = Place.objects.selon_presence().filter(atelier=atelier, la=True, participant__efface_le=None)
    if college is not None:
        places = places.filter(participant__college=college)
    tires = dict(
        PriseDeParole.objects.filter(atelier=atelier, participant__isnull=False)
        .values_list("participant")
        .annotate(n=Count("pk"))
        .order_by()
    )
    places = list(places.select_related("participant__college"))
    for place in places:
        place.tires = tires.get(place.participant_id, 0)
    return places


def _exiger_d_ici(atelier, college):
    exiger(
        college is None or college.consultation_id == atelier.espace.consultation_id,
        "ailleurs",
        _("Ce collège n’est pas de cette consultation."),
        champ="college",
    )


def _noter(verbe, atelier, par, **details):
    actes.noter(verbe=verbe, objet=atelier, consultation=atelier.consultation, compte=par, details=details)
    avancer(atelier.pk)
