"""The room's screen: hidden while people write, one proposition put forward, kept in sight or left out."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.models import Proposition

from ..annonces import avancer
from ..models import Atelier, SurLeMur
from .gardes import exiger, exiger_animer


@transaction.atomic
def cacher_mur(*, atelier, cache, par):
    """Hide the wall, or show it again: the newest propositions leave phones and projector meanwhile.

    Doing what is done changes nothing. Raises Refus 403.
    """
    exiger_animer(par, atelier)
    if Atelier.objects.filter(pk=atelier.pk, mur_cache=not cache).update(mur_cache=cache):
        _noter("cacher_mur" if cache else "montrer_mur", atelier, par)


@transaction.atomic
def placer_au_mur(*, atelier, proposition, place, par):
    """Give a proposition its `place` on the wall (`SurLeMur.Place`), or its ordinary turn ("").

    One at most is put forward. Raises Refus 403; "ailleurs", "pas_affichee", "place_inconnue" 422.
    """
    exiger_animer(par, atelier)
    Atelier.objects.select_for_update(no_key=True).get(pk=atelier.pk)
    exiger(
        proposition.espace_id == atelier.espace_id, "ailleurs", _("Cette proposition vient d’un autre atelier.")
    )
    exiger(place in ("", *SurLeMur.Place.values), "place_inconnue", _("Choisissez quoi en faire à l’écran."))
    exiger(
        not place or Proposition.objects.affichees().filter(pk=proposition.pk).exists(),
        "pas_affichee",
        _("Cette proposition n’est pas affichée. Relisez-la d’abord."),
    )
    siennes = SurLeMur.objects.filter(atelier=atelier)
    siennes.filter(proposition=proposition).delete()
    if place == SurLeMur.Place.UNE:
        siennes.filter(place=place).delete()
    if place:
        SurLeMur.objects.create(atelier=atelier, proposition=proposition, place=place)
    _noter("placer_au_mur", atelier, par, proposition=proposition.pk, place=place)


def _noter(verbe, atelier, par, **details):
    actes.noter(verbe=verbe, objet=atelier, consultation=atelier.consultation, compte=par, details=details)
    avancer(atelier.pk)
