"""Who leads a room, for the tests of acts; the room itself comes from `fabriques_salle`."""

from comptes.models import Utilisateur
from consultation.models import Mandat

from .fabriques_salle import faire_atelier, faire_consultation, faire_etapes, faire_participant, faire_pistes

__all__ = [
    "faire_atelier",
    "faire_compte",
    "faire_consultation",
    "faire_etapes",
    "faire_participant",
    "faire_pistes",
]


def faire_compte(consultation=None, role="", espace=None, email="anime@exemple.test"):
    """An account, entrusted with `role` in the consultation or in one espace if given."""
    compte = Utilisateur.objects.create_user(email=email, password="x")
    if role:
        Mandat.objects.create(consultation=consultation, espace=espace, compte=compte, role=role)
    return compte
