"""Preparing a room: its place in the day, its code, its déroulé."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.models import Espace
from consultation.textes import LONGUEUR_CODE, cle_de_code, nettoyer_ligne, tirer_code

from ..annonces import avancer
from ..models import Atelier, Etape
from .deroules import deroule_de
from .gardes import exiger, exiger_animer, exiger_preparer, exiger_seul_de_ce_titre, exiger_valide

ESSAIS_DE_CODE = 8
CHAMPS_ATELIER = {"temps", "nature", "salle", "capacite", "heure", "ordre", "repetition"}
CHAMPS_ESPACE = {"titre", "question"}


@transaction.atomic
def creer_atelier(
    *,
    consultation,
    temps,
    titre,
    question="",
    nature=Atelier.Nature.ATELIER,
    salle=None,
    axes=(),
    capacite=None,
    heure=None,
    code="",
    deroule="classique",
    repetition=False,
    par,
):
    """Create a room with its espace, its code (drawn unless given) and its déroulé. Return the Atelier.

    Raises Refus: 403; "temps_etranger", "salle_etrangere", "axe_etranger", "deroule_inconnu", "titre_pris",
    "code_malforme" 422; "code_pris" 409; "invalide" 422 with its field.
    """
    exiger_preparer(par, consultation)
    _exiger_du_meme_lieu(consultation, temps, salle, axes)
    modele = deroule_de(deroule, par)
    if not repetition:
        exiger_seul_de_ce_titre(temps, titre, salle)
    espace = _nouvel_espace(consultation, titre, question, axes)
    rang = Atelier.objects.filter(temps=temps).aggregate(rang=Max("ordre"))["rang"]
    atelier = Atelier(
        espace=espace,
        temps=temps,
        nature=nature,
        salle=salle,
        capacite=capacite,
        heure=heure,
        repetition=repetition,
        ordre=0 if rang is None else rang + 1,
        code=code_libre(code),
    )
    atelier.code_cle = cle_de_code(atelier.code)
    exiger_valide(atelier)
    _exiger_dans_sa_demi_journee(atelier)
    atelier.save()
    _poser_deroule(atelier, modele, par)
    actes.noter(verbe="creer_atelier", objet=atelier, compte=par, details={"deroule": deroule})
    return atelier


def _nouvel_espace(consultation, titre, question, axes):
    espace = Espace(consultation=consultation, titre=nettoyer_ligne(titre), question=nettoyer_ligne(question))
    exiger_valide(espace)
    espace.save()
    espace.axes.set(axes)
    return espace


@transaction.atomic
def modifier_atelier(*, atelier, par, axes=None, **champs):
    """Change what was said of a room: `titre`, `question`, `axes`, or a field of CHAMPS_ATELIER.

    Return the Atelier. Raises Refus 403, 422 with its field. An unknown field is the caller's mistake: TypeError.
    """
    inconnus = champs.keys() - CHAMPS_ATELIER - CHAMPS_ESPACE
    if inconnus:
        raise TypeError(f"Unknown fields: {sorted(inconnus)}")
    exiger_preparer(par, atelier.consultation)
    _exiger_du_meme_lieu(atelier.consultation, champs.get("temps"), champs.get("salle"), axes or ())
    for nom, valeur in champs.items():
        cible = atelier.espace if nom in CHAMPS_ESPACE else atelier
        setattr(cible, nom, nettoyer_ligne(valeur) if nom in CHAMPS_ESPACE else valeur)
    exiger_valide(atelier.espace)
    exiger_valide(atelier)
    if champs.keys() & {"temps", "heure"}:
        _exiger_dans_sa_demi_journee(atelier)
    atelier.espace.save(update_fields=sorted(CHAMPS_ESPACE))
    atelier.save(update_fields=sorted(CHAMPS_ATELIER))
    if axes is not None:
        atelier.espace.axes.set(axes)
    changes = sorted([*champs, *(["axes"] if axes is not None else [])])
    actes.noter(verbe="modifier_atelier", objet=atelier, compte=par, details={"champs": changes})
    avancer(atelier.pk)
    return atelier


@transaction.atomic
def changer_code(*, atelier, par, code=""):
    """Give the room another code, drawn unless given: the old one opens nothing any more. Return the Atelier.

    Raises Refus 403, "code_malforme" 422, "code_pris" 409.
    """
    exiger_animer(par, atelier)
    atelier.code = code_libre(code)
    atelier.save(update_fields=["code", "code_cle"])
    actes.noter(verbe="changer_code", objet=atelier, compte=par)
    avancer(atelier.pk)
    return atelier


@transaction.atomic
def appliquer_deroule(*, atelier, deroule, par):
    """Replace a déroulé that has not begun by a ready-made one. Return the list of Etape.

    Raises Refus 403, "deroule_inconnu" 422, "deroule_commence" 409.
    """
    exiger_animer(par, atelier)
    modele = deroule_de(deroule, par)
    exiger(
        not atelier.etapes.exclude(etat=Etape.Etat.A_VENIR).exists(),
        "deroule_commence",
        _("L’atelier a commencé : son déroulé ne se remplace plus. Vous pouvez changer les étapes une à une."),
        statut=409,
    )
    for etape in atelier.etapes.select_related("scrutin"):
        retirer_avec_scrutin(etape)
    etapes = _poser_deroule(atelier, modele, par)
    actes.noter(verbe="appliquer_deroule", objet=atelier, compte=par, details={"deroule": deroule})
    avancer(atelier.pk)
    return etapes


def retirer_avec_scrutin(etape):
    """Delete a step that has not begun, and the scrutin that was prepared for it, if nothing was voted."""
    scrutin = etape.scrutin
    etape.delete()
    if scrutin is not None and scrutin.etat == scrutin.Etat.PREPARE:
        scrutin.delete()


def _poser_deroule(atelier, deroule, par):
    """Create the steps of a Deroule; a vote's scrutin is prepared, its pistes chosen when it opens."""
    etapes = []
    for ordre, modele in enumerate(deroule.etapes):
        scrutin = None
        if modele.scrutin:
            titre = f"{modele.titre} · {atelier.espace.titre}"[:160]
            scrutin = actes.preparer_scrutin(espace=atelier.espace, titre=titre, par=par, **modele.scrutin)
        etapes.append(
            Etape.objects.create(
                atelier=atelier,
                ordre=ordre,
                nature=modele.nature,
                titre=str(modele.titre),
                consigne=str(modele.consigne),
                proposition_nature=modele.propose,
                tables=modele.tables,
                duree=modele.duree,
                scrutin=scrutin,
            )
        )
    return etapes


def code_libre(code=""):
    """Return a code that no room uses: the one given, or one drawn."""
    code = code.upper().replace(" ", "")
    if not code:
        for _essai in range(ESSAIS_DE_CODE):
            code = tirer_code()
            if not Atelier.objects.filter(code_cle=cle_de_code(code)).exists():
                return code
    exiger(
        len(cle_de_code(code)) == len(code) == LONGUEUR_CODE,
        "code_malforme",
        _("Un code compte six lettres ou chiffres."),
        champ="code",
    )
    exiger(
        not Atelier.objects.filter(code_cle=cle_de_code(code)).exists(),
        "code_pris",
        _("Ce code sert déjà à un autre atelier. Choisissez-en un autre."),
        statut=409,
        champ="code",
    )
    return code


def _exiger_dans_sa_demi_journee(atelier):
    """Raise Refus "heure" 422 unless a workshop with an hour of its own begins inside its half-day."""
    debut, fin = (timezone.localtime(m).strftime("%H:%M") for m in (atelier.temps.debut, atelier.temps.fin))
    exiger(
        atelier.heure is None or atelier.temps.debut <= atelier.debut < atelier.temps.fin,
        "heure",
        _("Cette heure n’est pas dans la demi-journée, qui va de %(debut)s à %(fin)s.")
        % {"debut": debut, "fin": fin},
        champ="heure",
    )


def _exiger_du_meme_lieu(consultation, temps, salle, axes):
    autre = _("Ce choix vient d’une autre consultation.")
    for objet, code, champ in ((temps, "temps_etranger", "temps"), (salle, "salle_etrangere", "salle")):
        exiger(objet is None or objet.consultation_id == consultation.pk, code, autre, champ=champ)
    exiger(all(axe.consultation_id == consultation.pk for axe in axes), "axe_etranger", autre, champ="axes")
