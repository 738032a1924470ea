"""The déroulé, step by step. Anyone who leads the room may change what has not begun."""

import re

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.textes import nettoyer_ligne

from ..annonces import avancer
from ..models import Etape
from .gardes import exiger, exiger_animer, exiger_valide
from .preparation import retirer_avec_scrutin

CHAMPS_ETAPE = {"nature", "titre", "consigne", "proposition_nature", "tables", "duree", "scrutin"}
#: What still makes sense to change once a step is open: its words and who writes, not what it is.
CHAMPS_EN_COURS = {"titre", "consigne", "tables"}
_FINS_DE_PHRASE = re.compile(r"[.!?…]+(?:\s|$)")
PHRASES_MAX = 2


def compter_phrases(texte):
    """Return how many sentences `texte` holds; a last one without a full stop counts."""
    return sum(1 for morceau in _FINS_DE_PHRASE.split(texte) if morceau.strip(" \u00a0\u202f»"))


@transaction.atomic
def ajouter_etape(
    *, atelier, nature, titre, par, duree=10, consigne="", proposition_nature=None, tables=0, scrutin=None
):
    """Add a step at the end of the déroulé (`duree` in minutes). Return the Etape.

    Raises Refus 403, "consigne_longue" 422, "scrutin_etranger" 422, "invalide" 422 with its field.
    """
    exiger_animer(par, atelier)
    ordres = [etape.ordre for etape in _verrouiller(atelier.pk)]
    etape = Etape(
        atelier=atelier,
        nature=nature,
        titre=nettoyer_ligne(titre),
        duree=duree,
        consigne=nettoyer_ligne(consigne),
        tables=tables,
        scrutin=scrutin,
        ordre=ordres[-1] + 1 if ordres else 0,
    )
    if proposition_nature:
        etape.proposition_nature = proposition_nature
    _exiger_etape(etape)
    etape.save()
    actes.noter(
        verbe="ajouter_etape",
        objet=etape,
        consultation=atelier.consultation,
        compte=par,
        details={"nature": nature},
    )
    avancer(atelier.pk)
    return etape


@transaction.atomic
def modifier_etape(*, etape, par, **champs):
    """Change a step: any of CHAMPS_ETAPE before it begins, its words only while it is current. Return the Etape.

    Raises Refus 403, "etape_commencee" 409, "consigne_longue" 422, "invalide" 422. Unknown field: TypeError.
    """
    inconnus = champs.keys() - CHAMPS_ETAPE
    if inconnus:
        raise TypeError(f"Unknown fields: {sorted(inconnus)}")
    exiger_animer(par, etape.atelier)
    etapes = Etape.objects.select_for_update(of=("self",), no_key=True)
    etape = etapes.select_related("atelier__espace").get(pk=etape.pk)
    permis = CHAMPS_ETAPE if etape.etat == Etape.Etat.A_VENIR else CHAMPS_EN_COURS
    changes = {nom for nom, valeur in champs.items() if getattr(etape, nom) != valeur}
    exiger(
        changes <= permis,
        "etape_commencee",
        _("Cette étape a commencé : seuls son titre, sa consigne et ses tables se changent encore."),
        statut=409,
    )
    for nom in changes:
        valeur = champs[nom]
        setattr(etape, nom, nettoyer_ligne(valeur) if nom in {"titre", "consigne"} else valeur)
    _exiger_etape(etape)
    etape.save()
    actes.noter(
        verbe="modifier_etape",
        objet=etape,
        consultation=etape.atelier.consultation,
        compte=par,
        details={"champs": sorted(changes)},
    )
    avancer(etape.atelier_id)
    return etape


@transaction.atomic
def deplacer_etape(*, etape, vers, par):
    """Put a step that has not begun at rank `vers` (0 is first). Return the steps in their new order.

    A step never goes before one that has begun: it lands just after.
    Raises Refus 403, "etape_commencee", "etape_retiree" 409.
    """
    exiger_animer(par, etape.atelier)
    etapes = _verrouiller(etape.atelier_id)
    etape = _la_meme(etape, etapes)
    _exiger_a_venir(etape)
    etapes.remove(etape)
    commencees = [rang for rang, e in enumerate(etapes) if e.etat != Etape.Etat.A_VENIR]
    rang = min(max(int(vers), commencees[-1] + 1 if commencees else 0), len(etapes))
    etapes.insert(rang, etape)
    for ordre, e in enumerate(etapes):
        e.ordre = ordre
    Etape.objects.bulk_update(etapes, ["ordre"])
    actes.noter(
        verbe="deplacer_etape",
        objet=etape,
        consultation=etape.atelier.consultation,
        compte=par,
        details={"vers": rang},
    )
    avancer(etape.atelier_id)
    return etapes


@transaction.atomic
def retirer_etape(*, etape, par):
    """Take a step that has not begun out of the déroulé.

    Raises Refus 403, "etape_commencee", "etape_retiree" 409.
    """
    exiger_animer(par, etape.atelier)
    etape = _la_meme(etape, _verrouiller(etape.atelier_id))
    atelier = etape.atelier
    _exiger_a_venir(etape)
    actes.noter(
        verbe="retirer_etape",
        objet=etape,
        consultation=atelier.consultation,
        compte=par,
        details={"nature": etape.nature, "ordre": etape.ordre},
    )
    Etape.objects.filter(atelier=atelier, ordre__gt=etape.ordre).update(ordre=F("ordre") - 1)
    retirer_avec_scrutin(etape)
    avancer(atelier.pk)


def _verrouiller(atelier_id):
    """Return the steps of a room in their order, locked in that of their keys, as `conduite` does.

    Two acts at once then wait one for the other, never each for the other.
    """
    etapes = Etape.objects.select_for_update(of=("self",), no_key=True).select_related("atelier__espace")
    return sorted(etapes.filter(atelier=atelier_id).order_by("pk"), key=lambda e: (e.ordre, e.pk))


def _la_meme(etape, etapes):
    """Return `etape` as it now stands among `etapes`. Raises Refus "etape_retiree" 409 if someone took it out."""
    message = _("Une autre personne vient de retirer cette étape.")
    exiger(etape in etapes, "etape_retiree", message, statut=409)
    return etapes[etapes.index(etape)]


def _exiger_a_venir(etape):
    exiger(
        etape.etat == Etape.Etat.A_VENIR,
        "etape_commencee",
        _("Cette étape a commencé : on ne peut plus la déplacer ni la retirer."),
        statut=409,
    )


def _exiger_etape(etape):
    exiger(
        compter_phrases(etape.consigne) <= PHRASES_MAX,
        "consigne_longue",
        _("Deux phrases au plus : gardez ce qu’il faut faire maintenant."),
        champ="consigne",
    )
    exiger(
        etape.scrutin is None or etape.scrutin.espace_id == etape.atelier.espace_id,
        "scrutin_etranger",
        _("Ce vote vient d’un autre atelier."),
        champ="scrutin",
    )
    exiger_valide(etape)
