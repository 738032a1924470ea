"""When someone is forgotten, what is kept of their immersions goes with them."""

from consultation.signaux import participant_efface, personnes_oubliees

from .actions import oublier_de


def oublier_la_personne(participant, **_reste):
    oublier_de(participant=participant)


def oublier_tout_le_monde(consultation, **_reste):
    oublier_de(consultation=consultation)


def brancher():
    participant_efface.connect(oublier_la_personne, dispatch_uid="immersions.personne")
    personnes_oubliees.connect(oublier_tout_le_monde, dispatch_uid="immersions.tous")
