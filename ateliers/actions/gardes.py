"""What the acts of a room check before writing."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consultation.actions.journal import exiger, exiger_droit
from consultation.erreurs import Refus

from .. import regles

__all__ = ["exiger", "exiger_animer", "exiger_ouvert", "exiger_preparer", "exiger_valide"]


def exiger_animer(par, atelier):
    """Raise Refus 403 unless `par` leads this room; None is the system itself."""
    exiger_droit(lambda: regles.peut_animer(par, atelier), par)


def exiger_preparer(par, consultation):
    """Raise Refus 403 unless `par` organises the consultation; None is the system itself."""
    exiger_droit(lambda: regles.peut_preparer(par, consultation), par)


def exiger_ouvert(atelier):
    """Raise Refus 409 unless the room takes people."""
    exiger(
        regles.est_ouvert(atelier),
        "consultation_fermee",
        _("Cet atelier n’est pas ouvert. Demandez à la personne qui anime."),
        statut=409,
    )


def exiger_valide(objet):
    """Raise Refus 422 with the first thing wrong in `objet`, naming its field."""
    try:
        objet.full_clean()
    except ValidationError as erreur:
        champ, messages = next(iter(erreur.message_dict.items()))
        raise Refus("invalide", messages[0], champ=None if champ == "__all__" else champ) from None
