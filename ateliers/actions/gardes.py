"""What the acts of a room check before writing."""

from django.utils.translation import gettext as _

from consultation.actions.gardes import exiger, exiger_droit, exiger_valide, verrouiller
from consultation.erreurs import Refus
from consultation.textes import nettoyer_ligne, plier

from .. import regles

__all__ = [
    "autre_personne",
    "exiger",
    "exiger_animer",
    "exiger_entrees",
    "exiger_ouvert",
    "exiger_preparer",
    "exiger_present",
    "exiger_seul_de_ce_titre",
    "exiger_valide",
]


def exiger_seul_de_ce_titre(temps, titre, salle=None):
    """Raise Refus 422 when a workshop of this half-day has this title in this room: a list, or a form, sent twice.

    One title in two rooms is two groups on one question. Held until the transaction ends: of two sent at once, one
    is told.
    """
    verrouiller(temps)
    pareils = temps.ateliers.du_programme().filter(espace__titre__plie=plier(nettoyer_ligne(titre)), salle=salle)
    exiger(
        not pareils.exists(),
        "titre_pris",
        _("Un atelier de cette demi-journée a déjà ce titre. Changez l’un des deux, ou donnez-leur deux salles."),
        champ="titre",
    )


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


def exiger_entrees(atelier):
    """Raise Refus 409 while who leads the room lets nobody new in."""
    exiger(
        not atelier.entrees_suspendues,
        "entrees_suspendues",
        _("Les entrées sont en pause. Attendez un peu, ou demandez à la personne qui anime."),
        statut=409,
        champ="code",
    )


def exiger_present(atelier, participant, entre):
    """Raise Refus 409 when the room takes nobody, 403 "pas_entre" unless `participant` may speak and came in."""
    exiger_ouvert(atelier)
    exiger(
        regles.peut_participer(participant, atelier) and entre,
        "pas_entre",
        _("Entrez d’abord dans l’atelier avec le code écrit au mur."),
        statut=403,
    )


def autre_personne():
    """The Refus for a page left open by someone else: it must not speak in the name of who holds the phone now."""
    message = _("Ce téléphone est passé à une autre personne. Cet envoi n’est pas parti.")
    return Refus("autre_personne", message, statut=403)
