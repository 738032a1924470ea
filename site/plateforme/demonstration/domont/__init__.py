"""The quality seminar of Domont, in full swing: four half-days, eight workshops, two plenaries, 150 seats.

It was held on 14 and 15 May 2013; here it is played as if its second morning were now, so that there is something
live to see. Three workshops of yesterday are over, five are going on, the closing plenary is to come.
"""

from datetime import timedelta

from django.utils import timezone

from consultation.models import Consultation

from ..horloge import a_la_date, jour_a
from .donnees import CLOTURE, COLLEGES, DIRECT, SLUG, VOTE
from .jeu import hier, maintenant, preparer_la_cloture, salons
from .preparation import inscrire, poser_ateliers, preparer

__all__ = ["COLLEGES", "DIRECT", "VOTE", "poser"]


def poser(equipe, territoires):
    """Create the seminar and play it up to now; return the Consultation."""
    deja = Consultation.objects.filter(slug=SLUG).first()
    if deja is not None:
        return deja
    moments = _horaires(timezone.now())
    with a_la_date(moments[0][0] - timedelta(days=12)):
        consultation, lettres = preparer(equipe, territoires, moments)
        ateliers = poser_ateliers(consultation, equipe, moments)
        groupes = inscrire(consultation, lettres, territoires, ateliers, equipe)
    joues = salons(ateliers, groupes, equipe)
    hier(consultation, joues, moments, equipe)
    maintenant(joues)
    preparer_la_cloture(consultation, ateliers[CLOTURE], joues, equipe)
    return consultation


def _horaires(present):
    """Return [(start, minutes)] of the four half-days: the third has begun an hour ago, on a round half-hour."""
    debut = timezone.localtime(present - timedelta(minutes=50))
    debut = debut.replace(minute=30 if debut.minute >= 30 else 0, second=0, microsecond=0)
    veille = debut.date() - timedelta(days=1)
    return [
        (jour_a(0, 9, 30, depuis=veille), 180),
        (jour_a(0, 14, 0, depuis=veille), 210),
        (debut, 210),
        (debut + timedelta(minutes=270), 180),
    ]
