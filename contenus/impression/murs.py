"""What hangs on the walls and round the necks: badges and posters."""

from dataclasses import asdict

from django.utils import timezone
from django.utils.translation import gettext as _

from ateliers.inscriptions import lectures

from ..carnet import dates
from ..carnet.carres import adresse_de, carre, sans_protocole
from .composer import composer, couverte
from .dessins import dessins
from .textes import MANQUE, imprimable


def badges_pdf(consultation, participants=None, ordre="college"):
    """Return the badges, five to an A4 sheet, each with the coupon that carries the personal code.

    `participants`: ids to keep, None for everyone. `ordre`: "college" or "structure". Raises EchecImpression.
    """
    lus = lectures.badges(consultation, participants, ordre)
    badges = [{**asdict(badge), **carre(badge.adresse)} for badge in lus]
    donnees = {
        "titre": _("Badges – %(consultation)s") % {"consultation": consultation.titre},
        "badges": badges,
        "seminaire": _seminaire(consultation),
        "svg": dessins(*sorted({f"f-{badge['signe']}" for badge in badges})),
        "mots": {
            "a_garder": _("À garder dans votre poche"),
            "votre_code": _("Votre code. Il ouvre votre page à vous."),
        },
    }
    return composer("badges", donnees, nom=_("badges"))


def _seminaire(consultation):
    """What a badge says of the event, the dates first: they hold even when the title is cut."""
    quand = dates.periode(consultation.debut, consultation.fin)
    return f"{quand} · {consultation.titre}" if quand else consultation.titre


def badges_illisibles(consultation):
    """Return [(code as it is read, name as written)] of the badges with a sign that no font at hand prints."""
    return [
        (badge.code_lisible, f"{badge.prenom} {badge.nom}".strip())
        for badge in lectures.badges(consultation)
        if MANQUE in imprimable(f"{badge.prenom} {badge.nom} {badge.structure}", couverte)
    ]


def affiches_pdf(consultation):
    """Return one A4 poster for each workshop of the programme (it enlarges well to A3). Raises EchecImpression."""
    donnees = {
        "titre": _("Affiches – %(consultation)s") % {"consultation": consultation.titre},
        "affiches": [_affiche(affiche) for affiche in lectures.affiches(consultation)],
        "svg": dessins("logo", "i-lieu"),
        "mots": {
            "entrez": _("Entrez avec votre téléphone"),
            "visez": _("Visez le carré avec l’appareil photo."),
            "ou_bien": _("Ou bien allez sur"),
            "adresse": sans_protocole(adresse_de("/rejoindre")),
            "puis": _("et tapez le code"),
        },
    }
    return composer("affiches", donnees, nom=_("affiches"))


def _affiche(affiche):
    champs = ("titre", "question", "temps", "salle", "acces", "code_lisible")
    quand = _("%(jour)s, de %(debut)s à %(fin)s") % {
        "jour": dates.jour(timezone.localtime(affiche.debut)),
        "debut": dates.heure(affiche.debut),
        "fin": dates.heure(affiche.fin),
    }
    return {**{champ: getattr(affiche, champ) for champ in champs}, "quand": quand, **carre(affiche.adresse)}
