"""Who is entrusted with what."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from .. import regles
from ..models import Mandat
from .gardes import exiger, exiger_droit, noter

#: The Django group that opens the right doors of the publishing side.
GROUPES = {
    Mandat.Role.ORGANISATEUR: "Organisateurs",
    Mandat.Role.ANIMATEUR: "Animateurs",
    Mandat.Role.RAPPORTEUR: "Rapporteurs",
    Mandat.Role.EDITEUR: "Éditeurs",
}


def confier(*, compte, role, consultation, espace=None, par):
    """Entrust an account with a role, in a consultation or in one espace; return the Mandat. Twice is once.

    Raises Refus "interdit" 403, "role_inconnu" 400, "ailleurs" 422.
    """
    exiger_droit(lambda: regles.est_organisateur(par, consultation), par)
    exiger(role in Mandat.Role.values, "role_inconnu", _("Ce rôle n’existe pas."), statut=400)
    exiger(
        espace is None or espace.consultation_id == consultation.pk,
        "ailleurs",
        _("Cet atelier est d’une autre consultation."),
    )
    with transaction.atomic():
        mandat, cree = Mandat.objects.get_or_create(
            consultation=consultation, espace=espace, compte=compte, role=role
        )
        compte.groups.add(Group.objects.get_or_create(name=GROUPES[role])[0])
        if cree:
            noter(
                verbe="confier",
                objet=mandat,
                compte=par,
                details={"compte": compte.pk, "role": role, "espace": espace.pk if espace else None},
            )
    return mandat


def reprendre_mandat(*, mandat, par):
    """Take a mandate back; the account leaves the group when it holds no other mandate of that role.

    Raises Refus "interdit" 403, "dernier_organisateur" 409.
    """
    exiger_droit(lambda: regles.est_organisateur(par, mandat.consultation), par)
    with transaction.atomic():
        if mandat.role == Mandat.Role.ORGANISATEUR:
            autres = regles.mandats_de(mandat.consultation, role=mandat.role).exclude(pk=mandat.pk)
            exiger(
                autres.exists(),
                "dernier_organisateur",
                _("C’est le dernier organisateur. Nommez-en un autre d’abord."),
                statut=409,
            )
        noter(
            verbe="reprendre_mandat",
            objet=mandat,
            compte=par,
            details={"compte": mandat.compte_id, "role": mandat.role, "espace": mandat.espace_id},
        )
        compte, role = mandat.compte, mandat.role
        mandat.delete()
        if not regles.tient_le_role(compte, role):
            compte.groups.remove(*Group.objects.filter(name=GROUPES[role]))
