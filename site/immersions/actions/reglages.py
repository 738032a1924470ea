"""A scheme is opened in a consultation, and its target set."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultation.actions.gardes import exiger, exiger_valide, noter
from consultation.textes import nettoyer_ligne

from ..models import Dispositif
from .gardes import exiger_tenir


def regler_dispositif(*, consultation, porteur, telephone="", vise, par):
    """Open immersions in a consultation, or change what is said of them; return the Dispositif.

    Raises Refus 403; "porteur_vide", "invalide" 422.
    """
    exiger_tenir(par, consultation)
    porteur = nettoyer_ligne(porteur)
    exiger(porteur, "porteur_vide", _("Écrivez qui porte le dispositif."), champ="porteur")
    with transaction.atomic():
        deja = Dispositif.objects.filter(consultation=consultation).first()
        dispositif = deja or Dispositif(consultation=consultation)
        dispositif.porteur, dispositif.telephone, dispositif.vise = porteur, nettoyer_ligne(telephone), vise
        exiger_valide(dispositif)
        dispositif.save()
        noter(verbe="regler_immersions", objet=dispositif, compte=par, details={"vise": vise})
    return dispositif
