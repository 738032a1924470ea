"""Who may do what in a room. Accounts hold mandates (`consultation.regles`); participants act as themselves."""

from consultation import regles as regles_consultation
from consultation.models import Consultation


def peut_animer(compte, atelier):
    return regles_consultation.peut_animer(compte, atelier.espace)


def peut_rapporter(compte, atelier):
    return regles_consultation.peut_rapporter(compte, atelier.espace)


def peut_saisir(compte, atelier):
    """A paper card is copied out by whoever leads or reports."""
    return peut_animer(compte, atelier) or peut_rapporter(compte, atelier)


def peut_preparer(compte, consultation):
    """Creating a workshop is the organisers' part; leading it is not enough."""
    return regles_consultation.est_organisateur(compte, consultation)


def peut_participer(participant, atelier):
    """True for a person of this consultation, not erased, while the consultation takes people's words."""
    return (
        participant is not None
        and participant.efface_le is None
        and participant.consultation_id == atelier.espace.consultation_id
        and est_ouvert(atelier)
    )


def est_ouvert(atelier):
    """A rehearsal may be held while the consultation is still being prepared."""
    etat = atelier.consultation.etat
    return etat == Consultation.Etat.OUVERTE or (atelier.repetition and etat == Consultation.Etat.PREPARATION)
