"""What lets people into a forum: its poster, and cards that each carry a code of their own."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ateliers.qr import masque_de

from ..carnet.carres import adresse_de, carre, sans_protocole
from .composer import composer
from .dessins import dessins


def cartes_pdf(forum, codes):
    """Return the cards, ten to an A4 sheet, each with its square and its code. Raises EchecImpression.

    `codes`: CodeDeCarte not used yet.
    """
    adresse = f"/forum/{forum.consultation.slug}/"
    vers = [adresse_de(f"{adresse}carte/{code.code}/") for code in codes]
    masque = masque_de(vers[0]) if vers else None  # one choice for all: they differ by eight signs
    donnees = {
        "titre": _("Cartes – %(forum)s") % {"forum": forum},
        "nom": str(forum),
        "question": forum.espace.question,
        "cartes": [{"code": code.lisible, **carre(lien, masque)} for code, lien in zip(codes, vers, strict=True)],
        "svg": dessins("logo"),
        "mots": {
            "visez": _("Visez le carré, ou allez sur"),
            "adresse": sans_protocole(adresse_de(adresse)),
            "code": _("Votre code, pour une personne"),
        },
    }
    return composer("cartes", donnees, nom=_("cartes"))


def affiche_pdf(forum):
    """Return the poster of a forum, A4: its question, its dates, its square. Raises EchecImpression."""
    adresse = adresse_de(f"/forum/{forum.consultation.slug}/")
    phases = [
        {
            "nom": str(phase),
            "quand": _("du %(debut)s au %(fin)s")
            % {"debut": date_format(phase.debut, "j F"), "fin": date_format(phase.fin, "j F")},
        }
        for phase in forum.consultation.phases.all()
    ]
    donnees = {
        "titre": str(forum),
        "question": forum.espace.question,
        "territoire": str(forum.consultation.territoire),
        "phases": phases,
        "guichets": forum.guichets_lus,
        "svg": dessins("logo"),
        "mots": {
            "visez": _("Visez le carré avec l’appareil photo."),
            "ou_bien": _("Ou bien allez sur"),
            "adresse": sans_protocole(adresse),
            "guichets": _("Ou venez : on écrit pour vous"),
        },
        **carre(adresse),
    }
    return composer("affiche-forum", donnees, nom=_("affiche"))
