"""What is printed for the day itself: sheets to sign, certificates of attendance, cards to stand on the tables."""

from dataclasses import asdict

from django.utils import timezone
from django.utils.translation import gettext as _

from ateliers.inscriptions import presences

from ..carnet import dates
from .composer import composer
from .dessins import dessins

#: Empty lines at the end of a sheet, for those who come on the day.
LIGNES_VIDES = 6
TABLES_MAX = 60


def feuilles_pdf(consultation, par="atelier"):
    """Return the attendance sheets, one for each workshop, or each college. Raises EchecImpression."""
    lire = presences.feuilles_par_college if par == "college" else presences.feuilles_par_atelier
    feuilles = [_feuille(feuille) for feuille in lire(consultation)]
    signes = {personne["signe"] for feuille in feuilles for personne in feuille["gens"]}
    donnees = {
        "titre": _("Feuilles d’émargement – %(consultation)s") % {"consultation": consultation.titre},
        "consultation": consultation.titre,
        "quand": dates.periode(consultation.debut, consultation.fin),
        "lieu": consultation.lieu,
        "feuilles": feuilles,
        "vides": LIGNES_VIDES,
        "svg": dessins("logo", *sorted(f"f-{signe}" for signe in signes)),
        "mots": {
            "feuille": _("Feuille d’émargement"),
            "numero": _("n°"),
            "nom": _("Nom"),
            "college": _("Collège"),
            "structure": _("Structure"),
            "signature": _("Signature"),
            "personne": _("Personne n’est encore inscrit."),
            "en_plus": _("Les dernières lignes sont pour les personnes qui arrivent sans être inscrites."),
            "page": _("Page"),
        },
    }
    return composer("emargement", donnees, nom=_("feuilles d’émargement"))


def _feuille(feuille):
    quand = ""
    if feuille.debut:
        quand = _("%(jour)s, de %(debut)s à %(fin)s") % {
            "jour": dates.jour(timezone.localtime(feuille.debut)),
            "debut": dates.heure(feuille.debut),
            "fin": dates.heure(feuille.fin),
        }
    return {
        "titre": feuille.titre,
        "ou": " · ".join(filter(None, (feuille.temps, quand, feuille.salle))),
        "gens": [asdict(ligne) for ligne in feuille.gens],
    }


def attestations_pdf(consultation, personne=None):
    """Return a certificate for each person who came, or for `personne` (an id) alone. Raises EchecImpression."""
    quand = dates.periode(consultation.debut, consultation.fin)
    donnees = {
        "titre": _("Attestations de présence – %(consultation)s") % {"consultation": consultation.titre},
        "consultation": consultation.titre,
        "quand": quand,
        "lieu": consultation.lieu,
        "attestations": [_attestation(presence) for presence in presences.presents(consultation, personne)],
        "svg": dessins("logo"),
        "mots": {
            "titre": _("Attestation de présence"),
            "nous": _("L’équipe qui organise atteste que"),
            "a_participe": _("a participé à"),
            "ateliers": _("Moments où cette personne est entrée :"),
            "fait": _("Fait à"),
            "le": _("le"),
            "signature": _("Nom, signature et cachet de l’organisateur"),
            "vide": _("Personne n’est encore entré dans un atelier."),
        },
    }
    return composer("attestations", donnees, nom=_("attestations"))


def _attestation(presence):
    return {
        "nom": presence.nom,
        "structure": presence.structure,
        "ateliers": [
            _("%(titre)s, %(jour)s, %(debut)s – %(fin)s")
            % {
                "titre": atelier.titre,
                "jour": dates.jour(timezone.localtime(atelier.debut), au_milieu=True),
                "debut": dates.heure(atelier.debut),
                "fin": dates.heure(atelier.temps.fin),
            }
            for atelier in presence.ateliers
        ],
    }


def chevalets_pdf(consultation, tables=None):
    """Return cards folded in two: numbered from 1 to `tables` (60 at most), or one for each person expected.

    Raises EchecImpression.
    """
    noms = [] if tables else presences.noms_de_table(consultation)
    donnees = {
        "titre": _("Chevalets – %(consultation)s") % {"consultation": consultation.titre},
        "consultation": consultation.titre,
        "tables": list(range(1, min(tables or 0, TABLES_MAX) + 1)),
        "noms": [
            {**asdict(ligne), "prenom": prenom or _("Prénom à écrire"), "nom": nom} for prenom, nom, ligne in noms
        ],
        "svg": dessins("logo", *sorted({f"f-{ligne.signe}" for _prenom, _nom, ligne in noms})),
        "mots": {"table": _("Table"), "vide": _("Personne n’est encore inscrit.")},
    }
    return composer("chevalets", donnees, nom=_("chevalets"))
