"""One question to the room, from the console: a step of its own, at once, and back to where one was."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.actions.sondages import CLE

from ..lectures import est_entre, etape_courante
from ..models import Etape
from .conduite import SANS_AVIS, ouvrir_etape
from .gardes import exiger, exiger_animer, exiger_present

DUREE = 3  # minutes


@transaction.atomic
def poser_question(*, atelier, libelle, reponses, par, attendu=SANS_AVIS):
    """Put a question to the room in a step opened now, just after the current one, which closes. Return the Etape.

    `attendu`: see `ouvrir_etape`. Raises Refus 403; "vote_en_cours" 409; what `ouvrir_etape` and
    `consultation.actions.poser_question` raise.
    """
    exiger_animer(par, atelier)
    courante = etape_courante(atelier)
    exiger(
        courante is None or courante.scrutin_id is None,
        "vote_en_cours",
        _("Un vote est ouvert, et un vote fermé ne s’ouvre plus. Fermez-le avant de poser une question."),
        statut=409,
    )
    grille = actes.poser_question(espace=atelier.espace, libelle=libelle, reponses=reponses, par=par)
    rang = courante.ordre + 1 if courante else 0
    atelier.etapes.filter(ordre__gte=rang).update(ordre=F("ordre") + 1)
    etape = Etape.objects.create(
        atelier=atelier,
        ordre=rang,
        nature=Etape.Nature.GRILLE,
        titre=_("Une question"),
        duree=DUREE,
        grille=grille,
    )
    return ouvrir_etape(etape=etape, attendu=attendu, par=par)


@transaction.atomic
def repondre_a_la_question(*, atelier, participant, grille, reponse):
    """Keep someone's answer to the question of now, in place of the one they gave before. Return their copy.

    `grille`: the key the phone was shown; an answer that waited does not fall into the next question.
    Raises Refus "pas_entre" 403, "question_passee" 409, "reponse_manque" 422, and what `actes.repondre` raises.
    """
    exiger_present(atelier, participant, est_entre(participant, atelier))
    etape = etape_courante(atelier)
    exiger(
        etape is not None and etape.grille_id is not None and etape.grille_id == grille,
        "question_passee",
        _("Cette question est terminée. Regardez l’écran de la salle."),
        statut=409,
    )
    exiger(reponse, "reponse_manque", _("Choisissez une réponse."), champ="reponse")
    copie = actes.commencer_grille(grille=etape.grille, participant=participant)
    copie = actes.repondre(copie=copie, participant=participant, reponses={CLE: {"": reponse}})
    return actes.envoyer_grille(copie=copie, participant=participant)
