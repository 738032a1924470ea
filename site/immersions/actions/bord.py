"""A quarter's figures are counted once, when an officer closes it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation.actions.gardes import exiger, noter, verrouiller

from .. import comptage, regles
from ..models import Trimestre
from .gardes import exiger_tenir


def arreter_trimestre(*, dispositif, annee, numero, par):
    """Count a finished quarter, and those of its year before it; return its Trimestre. Twice is once.

    Raises Refus 403; "pas_fini" 409; "trimestre_inconnu" 422.
    """
    exiger_tenir(par, dispositif.consultation)
    exiger(regles.est_un_trimestre(annee, numero), "trimestre_inconnu", _("Choisissez un trimestre."))
    dit = _("Ce trimestre n’est pas fini : ses chiffres s’arrêtent à partir du lendemain du dernier jour.")
    exiger(comptage.bornes(annee, numero)[1] < timezone.localdate(), "pas_fini", dit, statut=409)
    with transaction.atomic():
        dispositif = verrouiller(dispositif)
        de_l_annee = {t.numero: t for t in dispositif.trimestres.filter(annee=annee)}
        dernier = None
        for un in range(1, numero + 1):
            trimestre = de_l_annee.get(un) or _compter(dispositif, annee, un, dernier, par)
            dernier = trimestre.chiffres if trimestre.chiffres["n"] is not None else dernier
    return trimestre


def _compter(dispositif, annee, numero, dernier, par):
    chiffres = comptage.etablir(comptage.faites(dispositif, annee, numero), dernier)
    trimestre = Trimestre.objects.create(
        dispositif=dispositif, annee=annee, numero=numero, vise=dispositif.vise, chiffres=chiffres
    )
    noter(
        verbe="arreter_trimestre",
        objet=trimestre,
        consultation=dispositif.consultation,
        compte=par,
        details={"annee": annee, "trimestre": numero},
    )
    return trimestre
