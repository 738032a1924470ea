"""The letter of someone who left no address: when, where, which workshops, which code, to be handed over."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ateliers.inscriptions import lectures

from ..carnet import dates
from ..carnet.carres import adresse_de, carre, sans_protocole
from .composer import composer
from .dessins import dessins


def convocations_pdf(consultation):
    """Return a letter for each registered person without an e-mail, two to an A4 sheet. Raises EchecImpression."""
    donnees = {
        "titre": _("Convocations – %(consultation)s") % {"consultation": consultation.titre},
        "consultation": consultation.titre,
        "quand": dates.periode(consultation.debut, consultation.fin),
        "lieu": consultation.lieu,
        "lettres": [_lettre(personne) for personne in lectures.a_convoquer_sur_papier(consultation)],
        "svg": dessins("logo"),
        "mots": {
            "inscrit": _("Vous êtes inscrite ou inscrit à :"),
            "quand": _("Quand :"),
            "ou": _("Où :"),
            "code": _("Votre code personnel. Gardez-le : il ouvre votre page à vous."),
        },
    }
    return composer("convocations", donnees, nom=_("convocations"))


def _lettre(personne):
    adresse = adresse_de(f"/m/{personne.code_personnel}/")
    return {
        "bonjour": _("Bonjour %(prenom)s,") % {"prenom": personne.prenom},
        "nom": personne.nom,
        "ateliers": [_atelier(place.atelier) for place in personne.places.all()],
        "attentes": [
            _("%(titre)s : sur la liste d’attente") % {"titre": attente.atelier.titre}
            for attente in personne.attentes.all()
        ],
        "code": personne.code_lisible,
        "adresse": sans_protocole(adresse),
        **carre(adresse),
    }


def _atelier(atelier):
    debut = timezone.localtime(atelier.debut)
    morceaux = [
        atelier.titre,
        f"{dates.jour(debut, au_milieu=True)}, {dates.heure(debut)}",
        atelier.salle and atelier.salle.nom,
    ]
    return ", ".join(filter(None, morceaux))
