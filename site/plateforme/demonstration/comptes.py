"""One account a role, with the same password: printed by `make demo`, refused outside debug."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from consultation import actions

MOT_DE_PASSE = "germoir-demo"


@dataclass(frozen=True)
class Equipe:
    """The accounts of the demonstration."""

    admin: object
    organisation: object
    animation: object
    rapport: object
    edition: object
    robot: object


#: Field -> (address, name, what the account is for).
ROLES = {
    "admin": ("admin@exemple.org", "Administration", "tout, y compris les réglages"),
    "organisation": ("organisation@exemple.org", "Camille Organisation", "prépare le séminaire, voit le journal"),
    "animation": ("animation@exemple.org", "Dominique Animation", "anime les ateliers, tient la console"),
    "rapport": ("rapport@exemple.org", "Claude Rapport", "écrit les pistes et la synthèse"),
    "edition": ("edition@exemple.org", "Sacha Édition", "relit et publie les pages, le Fil d’Info"),
    "robot": ("simulation@exemple.org", "Animation (simulation)", "anime seul l’atelier simulé"),
}


def poser():
    """Create the accounts where missing; return the Equipe."""
    return Equipe(**{champ: _compte(champ, *description) for champ, description in ROLES.items()})


def _compte(champ, email, nom, _usage):
    modele = get_user_model()
    compte = modele.objects.filter(email=email).first()
    if compte is None:
        prenom, _espace, reste = nom.partition(" ")
        compte = modele.objects.create_user(
            email,
            MOT_DE_PASSE,
            first_name=prenom,
            last_name=reste,
            is_staff=champ == "admin",
            is_superuser=champ == "admin",
        )
        EmailAddress.objects.create(user=compte, email=email, verified=True, primary=True)
        actions.noter(verbe="creer_compte", objet=compte, motif="Démonstration")
    return compte
