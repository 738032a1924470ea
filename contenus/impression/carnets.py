"""The booklet on paper."""

from dataclasses import asdict

from django.utils.translation import gettext as _

from ..carnet.contenu import carnet
from .composer import composer
from .dessins import dessins

_DESSINS = ("d-1", "d-2", "d-3", "d-4", "i-ok", "logo")


def carnet_pdf(consultation, participant=None):
    """Return the reading PDF (A5, tagged) of the booklet, anonymous or `participant`'s own.

    Raises EchecImpression, named after the person, when it cannot be made.
    """
    nom = _("carnet de %(personne)s") % {"personne": participant} if participant else _("carnet sans nom")
    return composer("carnet", donnees_carnet(consultation, participant), nom=nom)


def donnees_carnet(consultation, participant=None):
    """Return the booklet as the print template reads it (JSON types)."""
    contenu = asdict(carnet(consultation, participant))
    signes = {f"f-{college.signe}" for college in consultation.colleges.all()}
    return {"carnet": contenu, "svg": dessins(*_DESSINS, *sorted(signes)), "mots": _mots()}


def _mots():
    return {
        "est_a": _("Ce carnet est à"),
        "page": _("page"),
        "une_regle": _("Une règle :"),
        "ateliers": _("Ateliers, en même temps"),
        "programme": _("Programme"),
        "ma_place": _("J’y ai ma place."),
        "chez_nous": _("Chez nous, c’est…"),
        "grille": _("Grille de questions"),
        "gardez": _("Gardez ce code pour vous."),
        "piste": _("Piste n°"),
        "notes": _("Notes"),
    }
