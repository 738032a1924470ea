"""A second round of a vote, after discussion, as a step of the déroulé."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as actes

from ..models import Etape
from .gardes import exiger_animer
from .programme import ajouter_etape, deplacer_etape


@transaction.atomic
def ajouter_second_tour(*, atelier, scrutin, par):
    """Add the step of a second round: next, or after the discussion that comes next. Return the Etape.

    It lasts what the first one did. Asked for twice, it is the same step. Raises Refus 403 and what
    `consultation.actions.preparer_second_tour` and `ajouter_etape` raise.
    """
    exiger_animer(par, atelier)
    second = actes.preparer_second_tour(scrutin=scrutin, par=par)
    if etape := atelier.etapes.filter(scrutin=second).first():
        return etape
    premiere = atelier.etapes.filter(scrutin=scrutin).first()
    etapes = list(atelier.etapes.order_by("ordre", "pk"))
    etape = ajouter_etape(
        atelier=atelier,
        nature=Etape.Nature.VOTE,
        titre=_("Second tour"),
        duree=premiere.duree if premiere else 5,
        scrutin=second,
        par=par,
    )
    suite = next((rang for rang, e in enumerate(etapes) if e.etat == Etape.Etat.A_VENIR), len(etapes))
    if suite < len(etapes) and etapes[suite].nature == Etape.Nature.DISCUSSION:
        suite += 1
    if suite < len(etapes):
        deplacer_etape(etape=etape, vers=suite, par=par)
    return etape
