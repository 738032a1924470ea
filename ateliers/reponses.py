"""What an act made from a phone is answered, whoever answers it: Django's views, or the fast lane before them."""

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from consultation.actions.urne import dernier_ordre
from consultation.models import Proposition

from . import identite
from .essais import EpreuveDemandee


def corps_du_refus(refus):
    corps = {"code": refus.code, "message": str(refus.message), "champ": refus.champ}
    return corps | {"defi": refus.defi.dit} if isinstance(refus, EpreuveDemandee) else corps


def repondre_refus(refus):
    return JsonResponse(corps_du_refus(refus), status=refus.statut)


def accompagner(ecran, code, participant, *, cookies, en_json):
    """Lead to a screen of the room, as this participant; a script is told the way instead."""
    chemin = reverse(ecran, kwargs={"code": code})
    reponse = JsonResponse({"suite": chemin}) if en_json else redirect(chemin)
    identite.retenir(reponse, participant, cookies=cookies)
    return reponse


def ce_qui_compte(recu, choix):
    """Answer a script that has just voted: the choices that count, whether later ones had replaced its own,
    and the order of the last one."""
    return {"votes": recu.voix, "depasse": recu.depasse(choix), "ordre": dernier_ordre(recu.bulletin)}


def ce_qui_est_garde(proposition):
    """Answer a script that has just proposed."""
    return {"proposition": la_mienne(proposition)}


def la_mienne(proposition):
    """One's own proposition and what became of it so far, in words: the same for the page and for the script."""
    return {
        "id": proposition.pk,
        "texte": proposition.texte,
        "etat": proposition.moderation,
        "mot": _devenir(proposition),
        "suivre": f"/moi/proposition/{proposition.pk}/",
    }


def _devenir(proposition):
    """Where one's own proposition stands, in one sentence."""
    if proposition.moderation == Proposition.Moderation.A_RELIRE:
        return _("Bien reçue. Une personne de l’équipe la lit, puis l’affiche.")
    if proposition.moderation == Proposition.Moderation.ECARTEE:
        if proposition.motif:
            return _("Pas affichée. Voici pourquoi : %(motif)s") % {"motif": proposition.motif}
        return _("Pas affichée. Demandez pourquoi à la personne qui anime.")
    if proposition.piste is not None:
        piste = proposition.piste.fusionnee_dans or proposition.piste
        return _("Réunie avec d’autres dans la piste n° %(numero)s.") % {"numero": piste.numero}
    return _("Affichée dans la salle.")
