"""The whole programme at once: what a table of workshops changes is written together, or not at all."""

from django.db import transaction

from consultation import actions as actes
from consultation.erreurs import Refus
from consultation.regles import ANIMATEUR, mandats_de

from ..models import Atelier
from .gardes import exiger_preparer
from .preparation import modifier_atelier


@transaction.atomic
def regler_ateliers(*, consultation, reglages, par):
    """Change many workshops in one go. Return the number of those that changed.

    `reglages`: {workshop id: {field of `modifier_atelier`: value, "animateur": account or None}}; an id of another
    consultation is left out, "animateur" takes the place of those who lead the workshop today.
    Raises Refus 403, and what `modifier_atelier` raises, with `champ` "<id>-<field>".
    """
    exiger_preparer(par, consultation)
    ateliers = Atelier.objects.filter(espace__consultation=consultation, pk__in=reglages)
    changes = 0
    for atelier in ateliers.select_related("espace__consultation", "temps", "salle").order_by("pk"):
        voulu = dict(reglages[atelier.pk])
        animateur = voulu.pop("animateur", ...)
        neufs = {champ: v for champ, v in voulu.items() if _valeur(atelier, champ) != v}
        try:
            if neufs:
                modifier_atelier(atelier=atelier, par=par, **neufs)
        except Refus as refus:
            refus.champ = f"{atelier.pk}-{refus.champ or 'titre'}"
            raise
        change = animateur is not ... and _confier(atelier, animateur, par)
        changes += bool(neufs or change)
    return changes


def _valeur(atelier, champ):
    return getattr(atelier.espace if champ in ("titre", "question") else atelier, champ)


def _confier(atelier, compte, par):
    """Make `compte` the one who leads; return whether anything changed."""
    mandats = list(mandats_de(atelier.espace.consultation, espace=atelier.espace, role=ANIMATEUR))
    if [m.compte_id for m in mandats] == ([compte.pk] if compte else []):
        return False
    for mandat in mandats:
        actes.reprendre_mandat(mandat=mandat, par=par)
    if compte:
        actes.confier(
            compte=compte,
            role=ANIMATEUR,
            consultation=atelier.espace.consultation,
            espace=atelier.espace,
            par=par,
        )
    return True
