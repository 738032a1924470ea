"""The booklet on paper."""

from dataclasses import fields, is_dataclass

from django.utils.translation import gettext as _

from ..carnet.pages import Illustration, Redige
from ..lectures.carnet import carnet_de
from ..lectures.carnet_apres import carnet_apres
from ..models.blocs_pages_carnet import PICTOS_PRATIQUES
from . import texte_riche
from .composer import composer
from .dessins import dessins
from .images import image_svg

#: What a booklet is printed as: A5 to fold, A4, A4 in large print (18 points at least, one column).
FORMATS = ("a5", "a4", "gros")
_DESSINS = (
    *("d-1", "d-2", "d-3", "d-4", "logo"),
    *("i-ok", "i-non", "i-regrouper", "i-ecran", "i-relais", "i-travaux"),
    *(nom for nom, _dit in PICTOS_PRATIQUES),
)


def carnet_pdf(consultation, participant=None, format="a5"):
    """Return the reading PDF (tagged, in one of FORMATS) of the booklet, anonymous or `participant`'s own.

    Raises EchecImpression, named after the person, when it cannot be made.
    """
    nom = _("carnet de %(personne)s") % {"personne": participant} if participant else _("carnet sans nom")
    return relier(consultation, carnet_de(consultation, participant), nom=nom, format=format)


def carnet_apres_pdf(participant, format="a5"):
    """Return one person's booklet after the seminar. Raises EchecImpression, named after them."""
    nom = _("carnet de %(personne)s") % {"personne": participant}
    return relier(participant.consultation, carnet_apres(participant), nom=nom, format=format)


def relier(consultation, carnet, *, nom, format="a5"):
    """Return the PDF of a `Carnet`. Raises EchecImpression, which carries `nom`."""
    return composer("carnet", donnees_carnet(consultation, carnet, format), nom=nom)


def donnees_carnet(consultation, carnet, format="a5"):
    """Return a booklet as the print template reads it (JSON types)."""
    signes = {f"f-{college.signe}" for college in consultation.colleges.all()}
    return {
        "carnet": en_donnees(carnet),
        "format": format,
        "svg": dessins(*_DESSINS, *sorted(signes)),
        "mots": _mots(),
    }


def en_donnees(valeur):
    """Return what a page holds as plain data: rich text as blocks, an image as SVG (None when unreadable)."""
    if isinstance(valeur, Redige):
        return texte_riche.blocs(valeur.source)
    if isinstance(valeur, Illustration):
        return _illustration(valeur)
    if is_dataclass(valeur):
        return {champ.name: en_donnees(getattr(valeur, champ.name)) for champ in fields(valeur)}
    if isinstance(valeur, tuple):
        return [en_donnees(un) for un in valeur]
    return valeur if valeur is None or isinstance(valeur, (str, int, float, bool)) else str(valeur)


def _illustration(valeur):
    lue = image_svg(valeur.image)
    if lue is None:
        return None
    svg, rapport = lue
    return {
        "svg_image": svg,
        "rapport": rapport,
        "description": valeur.description,
        "legende": valeur.legende,
    }


def _mots():
    return {
        "est_a": _("Ce carnet est à"),
        "page": _("page"),
        "une_regle": _("Une règle :"),
        "ateliers": _("Ateliers, en même temps"),
        "programme": _("Programme"),
        "ma_place": _("J’y ai ma place."),
        "chez_nous": _("Chez nous, c’est…"),
        "grille": _("Grille de questions"),
        "gardez": _("Gardez ce code pour vous."),
        "piste": _("Piste n°"),
        "notes": _("Notes"),
        "demarche": _("La démarche"),
        "attentes": _("Ce que j’attends de ces journées"),
        "une_voix": _("Une seule règle : une personne, une voix."),
        "tendances": _("Tendances"),
        "chez_vous": _("Et chez vous ?"),
        "mon_groupe": _("Mon groupe à moi"),
        "entourez": _("Entourez un signe."),
        "merci": _("Merci"),
        "personnelle": _("Page personnelle"),
    }
