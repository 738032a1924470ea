"""Needs found for the territory, and the network's meeting that a board leads to."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ateliers import actions as actions_ateliers
from ateliers.deroules import DEROULES
from ateliers.models import Etape, Temps
from consultation import actions as actions_consultation
from consultation.actions.gardes import exiger, exiger_valide, noter, verrouiller
from consultation.analyse import relecture
from consultation.models import Participant
from consultation.textes import nettoyer_ligne

from .. import lectures, regles
from ..models import Besoin, OrdreDuJour
from .gardes import exiger_tenir

#: What follows the points: the network proposes, groups and chooses what to do of them.
DEROULE = "forum"
NOMME = {"telephone", "courriel", "prenom"}


def noter_besoin(*, dispositif, annee, numero, mots, par):
    """Write down a need found for the territory in a quarter; return the Besoin. Anyone reads it.

    Raises Refus 403; "trimestre_inconnu", "nomme_quelqu_un", "invalide" 422, also when it is noted already.
    """
    exiger_tenir(par, dispositif.consultation)
    exiger(regles.est_un_trimestre(annee, numero), "trimestre_inconnu", _("Choisissez un trimestre."))
    mots = nettoyer_ligne(mots)
    signes = relecture.signes(mots, Participant.objects.prenoms_dans(dispositif.consultation_id, mots))
    dit = _("Tout le monde lit cette phrase : n’y mettez ni prénom, ni téléphone, ni adresse e-mail.")
    exiger(not NOMME & set(signes), "nomme_quelqu_un", dit, champ="mots")
    besoin = Besoin(dispositif=dispositif, annee=annee, numero=numero, mots=mots)
    with transaction.atomic():
        exiger_valide(besoin)
        besoin.save()
        noter(verbe="noter_besoin", objet=besoin, compte=par, details={"annee": annee, "trimestre": numero})
    return besoin


def retirer_besoin(*, besoin, par):
    """Take back a need: the board no longer tells it; a meeting made of it keeps its point. Raises Refus 403."""
    exiger_tenir(par, besoin.dispositif.consultation)
    with transaction.atomic():
        noter(verbe="retirer_besoin", objet=besoin, compte=par)
        besoin.delete()


def preparer_reunion(*, dispositif, annee, trimestre, points, titre, question, jour, heure, par):
    """Make of lines of the board a meeting of the network, which is a workshop; return the OrdreDuJour.

    `points`: keys of `lectures.points` of that time; each is a step, in the order of the board. `trimestre`: None
    for the year. Raises Refus 403; "consultation_close", "deja_faite" 409; "sans_point", "trop_de_points",
    "point_inconnu", "jour_passe" and those of a workshop 422.
    """
    consultation = dispositif.consultation
    exiger_tenir(par, consultation)
    dit = _("Ce dispositif est terminé : il n’a plus de réunion.")
    exiger(consultation.etat != "close", "consultation_close", dit, statut=409)
    debut = datetime.combine(jour, heure, timezone.get_current_timezone())
    exiger(debut > timezone.now(), "jour_passe", _("Choisissez un jour et une heure à venir."), champ="jour")
    choisis = _choisis(dispositif, annee, trimestre, points)
    with transaction.atomic():
        dispositif = verrouiller(dispositif)
        deja = dispositif.ordres_du_jour.filter(atelier__espace__titre=titre, atelier__temps__debut=debut)
        exiger(not deja.exists(), "deja_faite", _("Cette réunion est déjà préparée : voyez plus bas."), statut=409)
        atelier = _en_atelier(consultation, debut, titre, question, choisis, par)
        ordre = OrdreDuJour.objects.create(
            dispositif=dispositif, atelier=atelier, annee=annee, trimestre=trimestre
        )
        details = {"annee": annee, "trimestre": trimestre, "lignes": len(choisis)}
        noter(verbe="preparer_reunion", objet=ordre, compte=par, details=details)
    return ordre


def _choisis(dispositif, annee, trimestre, cles):
    exiger(cles, "sans_point", _("Cochez au moins une ligne du tableau."), champ="points")
    exiger(len(cles) <= regles.POINTS_MAX, "trop_de_points", _("Douze points au plus."), champ="points")
    connus = lectures.points(dispositif, annee, trimestre)
    choisis = [point for point in connus if point.cle in cles]
    dit = _("Une ligne cochée n’est plus sur le tableau. Relisez la liste.")
    exiger(len(choisis) == len(set(cles)), "point_inconnu", dit, champ="points")
    return choisis


def _en_atelier(consultation, debut, titre, question, points, par):
    """The workshop: welcome, the points, then what the network makes of them; as long as all its steps."""
    minutes = DEROULES[DEROULE].duree + regles.MINUTES_PAR_POINT * len(points)
    temps = Temps(consultation=consultation, titre=titre, debut=debut, fin=debut + timedelta(minutes=minutes))
    temps = actions_consultation.enregistrer(objet=temps, par=par)
    atelier = actions_ateliers.creer_atelier(
        consultation=consultation, temps=temps, titre=titre, question=question, deroule=DEROULE, par=par
    )
    for rang, point in enumerate(points, start=1):
        etape = actions_ateliers.ajouter_etape(
            atelier=atelier,
            nature=Etape.Nature.DISCUSSION,
            titre=point.titre,
            consigne=point.consigne,
            duree=regles.MINUTES_PAR_POINT,
            par=par,
        )
        actions_ateliers.deplacer_etape(etape=etape, vers=rang, par=par)
    return atelier
