"""Blank cards for whoever proposes by hand: lines to write on, the college to tick, the theme if any."""

from django.utils.translation import gettext as _

from consultation.lectures import axes_a_choisir

from .composer import composer
from .dessins import dessins


def cartes_a_ecrire_pdf(atelier):
    """Return four blank cards of a workshop on one A4 sheet, to be printed as often as needed.

    Raises EchecImpression.
    """
    colleges = list(atelier.consultation.colleges.all())
    donnees = {
        "titre": _("Cartes à écrire – %(atelier)s") % {"atelier": atelier.titre},
        "atelier": atelier.titre,
        "question": atelier.espace.question,
        "colleges": [{"signe": college.signe, "nom": college.nom_court} for college in colleges],
        "axes": [axe.titre for axe in axes_a_choisir(atelier.espace)],
        "svg": dessins(*(f"f-{college.signe}" for college in colleges)),
        "mots": {
            "une_idee": _("Une idée par carte. Écrivez grand. Pas de nom."),
            "vous_etes": _("Vous êtes (une croix) :"),
            "axe": _("De quoi parle votre idée ? (une croix)"),
            "table": _("Table"),
        },
    }
    return composer("cartes-a-ecrire", donnees, nom=_("cartes à écrire"))
