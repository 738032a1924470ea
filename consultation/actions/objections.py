"""Consent: an objection is a reason, which the group answers; only its author lifts it, by consenting."""

from django.db import transaction
from django.utils.translation import gettext as _

from .. import regles
from ..erreurs import Refus
from ..models import Objection, Scrutin, Voix
from ..textes import nettoyer_ligne
from .envois import Envoi
from .gardes import annoncer, exiger, exiger_droit, noter, verrouiller
from .votes import voter_ensemble

RAISON_MAX = 500


def objecter(*, scrutin, participant, piste_id, raison, appareil=""):
    """Object to a piste, and return the Objection. Other words, later, wait for an answer anew.

    It is a ballot with a reason: the journal says that they voted, not what. Raises Refus "raison_vide",
    "raison_longue" 422, "sans_objection" 409 (another way of voting), and what `voter` raises.
    """
    raison = nettoyer_ligne(raison)
    exiger(
        raison,
        "raison_vide",
        _("Écrivez une raison. Sans raison, le groupe ne peut pas répondre."),
        champ="raison",
    )
    longue = _("Votre raison est trop longue. Une ou deux phrases suffisent.")
    exiger(len(raison) <= RAISON_MAX, "raison_longue", longue, champ="raison")
    exiger(
        scrutin.mode == Scrutin.Mode.CONSENTEMENT,
        "sans_objection",
        _("Dans ce vote, on ne dépose pas d’objection."),
        statut=409,
    )
    with transaction.atomic():
        envoi = Envoi(scrutin, participant, {piste_id: Voix.OBJECTION}, appareil=appareil, objecte=True)
        (rendu,) = voter_ensemble([envoi])
        if isinstance(rendu, Refus):
            raise rendu
        objection, neuve = Objection.objects.get_or_create(
            scrutin=scrutin, participant=participant, piste_id=piste_id, defaults={"raison": raison}
        )
        if not neuve and objection.raison != raison:
            objection.raison, objection.reponse = raison, ""
            objection.save(update_fields=["raison", "reponse"])
        annoncer(scrutin.espace_id, "scrutin")
    return objection


def repondre_objection(*, objection, reponse, par):
    """Write what the group answers to an objection, and return it. Its author alone lifts it.

    Raises Refus "interdit" 403, "reponse_vide", "reponse_longue" 422.
    """
    exiger_droit(lambda: regles.peut_animer(par, objection.scrutin.espace), par)
    reponse = nettoyer_ligne(reponse)
    exiger(reponse, "reponse_vide", _("Écrivez ce que le groupe répond."), champ="reponse")
    longue = _("La réponse est trop longue. Deux ou trois phrases suffisent.")
    exiger(len(reponse) <= RAISON_MAX, "reponse_longue", longue, champ="reponse")
    with transaction.atomic():
        objection = verrouiller(objection)
        objection.reponse = reponse
        objection.save(update_fields=["reponse"])
        noter(verbe="repondre_objection", objet=objection.scrutin, compte=par, details={"objection": objection.pk})
        annoncer(objection.scrutin.espace_id, "scrutin")
    return objection
