"""An objection, in a vote by consent of a room."""

from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.models import Scrutin

from ..lectures import en_cours_de, est_entre
from .gardes import exiger, exiger_present


def objecter(*, atelier, participant, piste_id, raison, vise=None, appareil=""):
    """Object to a piste in the open vote of the room, and return the Objection.

    `vise`: key of the scrutin the phone was showing. Raises Refus "pas_entre" 403, "vote_ferme" 409,
    "piste_inconnue" 422, and what `consultation.actions.objecter` raises.
    """
    exiger_present(atelier, participant, est_entre(participant, atelier))
    en_cours = en_cours_de(atelier.code)
    scrutin = en_cours.scrutin if en_cours else None
    ouvert = scrutin is not None and scrutin.etat == Scrutin.Etat.OUVERT and vise in (None, scrutin.pk)
    exiger(ouvert, "vote_ferme", _("Le vote est fermé. Ce que vous aviez déjà envoyé est compté."), statut=409)
    exiger(piste_id is not None, "piste_inconnue", _("Cette piste n’est pas dans ce vote. Rechargez la page."))
    return actes.objecter(
        scrutin=scrutin, participant=participant, piste_id=piste_id, raison=raison, appareil=appareil
    )
