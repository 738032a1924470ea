"""Déroulés: the ready-made ones, and those that someone keeps from a workshop of theirs."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.textes import entier, nettoyer_ligne

from ..deroules import DEROULES, Deroule, EtapeType
from ..models import DerouleGarde
from .gardes import exiger, exiger_animer, exiger_valide

#: A kept déroulé is chosen by this and its number: "garde-12".
PREFIXE = "garde-"
CHAMPS_SCRUTIN = ("mode", "gommettes", "regle", "seuil", "quorum_gommettes", "liste_close", "secret")
GARDES_MAX = 30


def deroule_de(cle, compte):
    """Return the Deroule named `cle`: one of DEROULES, or one that `compte` keeps.

    Raises Refus "deroule_inconnu" 422.
    """
    if cle in DEROULES:
        return DEROULES[cle]
    garde = None
    if compte is not None and cle.startswith(PREFIXE):
        garde = DerouleGarde.objects.filter(compte=compte, pk=entier(cle.removeprefix(PREFIXE))).first()
    exiger(garde is not None, "deroule_inconnu", _("Choisissez un déroulé de la liste."), champ="deroule")
    return Deroule(garde.titre, "", tuple(EtapeType(**etape) for etape in garde.etapes))


@transaction.atomic
def garder_deroule(*, atelier, titre, par):
    """Keep the steps of a workshop under a name, to use them again; the same name takes their place.

    Return the DerouleGarde. Raises Refus 403, "sans_etape" 409, "trop_de_deroules" 409, "invalide" 422.
    """
    exiger_animer(par, atelier)
    etapes = list(atelier.etapes.filter(grille=None).select_related("scrutin"))
    exiger(etapes, "sans_etape", _("Cet atelier n’a aucune étape à garder."), statut=409, champ="titre")
    titre = nettoyer_ligne(titre)
    garde = DerouleGarde.objects.filter(compte=par, titre=titre).first() or DerouleGarde(compte=par, titre=titre)
    exiger(
        garde.pk or DerouleGarde.objects.filter(compte=par).count() < GARDES_MAX,
        "trop_de_deroules",
        _("Vous gardez déjà trente déroulés. Oubliez-en un d’abord."),
        statut=409,
        champ="titre",
    )
    garde.etapes = [_type(etape) for etape in etapes]
    exiger_valide(garde)
    garde.save()
    actes.noter(verbe="garder_deroule", objet=atelier, compte=par, details={"duree": sum(e.duree for e in etapes)})
    return garde


@transaction.atomic
def oublier_deroule(*, atelier, garde, par):
    """Forget a déroulé (`garde`: its number) that `par` keeps, from the page of a workshop of theirs.

    Raises Refus 403, "introuvable" 404.
    """
    exiger_animer(par, atelier)
    siens = DerouleGarde.objects.filter(compte=par, pk=garde)
    exiger(siens.delete()[0], "introuvable", _("Ce déroulé n’est plus là."), statut=404)
    actes.noter(verbe="oublier_deroule", objet=atelier, compte=par)


def _type(etape):
    scrutin = etape.scrutin
    return {
        "nature": etape.nature,
        "titre": etape.titre,
        "duree": etape.duree,
        "consigne": etape.consigne,
        "propose": etape.proposition_nature,
        "tables": etape.tables,
        "scrutin": {champ: getattr(scrutin, champ) for champ in CHAMPS_SCRUTIN} if scrutin else {},
    }
