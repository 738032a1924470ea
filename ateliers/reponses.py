"""What an act made from a phone is answered, whoever answers it: Django's views, or the fast lane before them."""

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from consultation.actions.urne import dernier_ordre
from consultation.models import Proposition

from . import identite
from .essais import EpreuveDemandee
from .lectures import numeros_debout


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
    return {"proposition": les_miennes([proposition])[0]}


def les_miennes(propositions):
    """One's own propositions and what became of each so far: the same for the page and for the script."""
    debout = numeros_debout(propositions)
    return [
        {
            "id": proposition.pk,
            "texte": proposition.texte,
            "etat": proposition.moderation,
            "mot": _devenir(proposition, debout.get(proposition.piste_id)),
            "suivre": f"/moi/proposition/{proposition.pk}/",
        }
        for proposition in propositions
    ]


def _devenir(proposition, numero):
    """For whom it was noted, if at a table, and where it stands."""
    ou = _ou_elle_en_est(proposition, numero)
    if proposition.origine != Proposition.Origine.TABLE:
        return ou
    return (
        _("Pour la table n° %(table)s, %(college)s.")
        % {
            "table": proposition.origine_note,
            "college": proposition.college.nom_court,
        }
        + f" {ou}"
    )


def _ou_elle_en_est(proposition, numero):
    """Where one's own proposition stands, in one sentence. `numero`: of the piste that stands for it today."""
    if proposition.moderation == Proposition.Moderation.A_RELIRE:
        return _("Bien reçue. Une personne de l’équipe la lit, puis l’affiche.")
    if proposition.moderation == Proposition.Moderation.ECARTEE:
        if proposition.motif:
            return _("Pas affichée. Voici pourquoi : %(motif)s") % {"motif": proposition.motif}
        return _("Pas affichée. Demandez pourquoi à la personne qui anime.")
    if numero is not None:
        return _("Réunie avec d’autres dans la piste n° %(numero)s.") % {"numero": numero}
    return _("Affichée dans la salle.")
