"""Coming to a questionnaire from one's own phone."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation.models import Consultation, Participant

from .gardes import exiger

#: Where a phone nobody knows may begin: elsewhere the personal code, or the account, says who one is.
SANS_CODE = (Consultation.Acces.OUVERTE, Consultation.Acces.CODE)


def repondre_en_inconnu(*, grille, college, cle=""):
    """Make a nameless participant of who answers, and return their copy; the same `cle` gives the same person.

    Raises Refus "code_personnel" 403, "college_inconnu" 422, and those of `consultation.actions.commencer_grille`.
    """
    exiger(
        grille.consultation.acces in SANS_CODE,
        "code_personnel",
        _("Entrez d’abord avec votre code personnel."),
        statut=403,
    )
    with transaction.atomic():
        participant = actes.inscrire(
            consultation=grille.consultation,
            college=college,
            prenom="",
            origine=Participant.Origine.GRILLE,
            cle=cle,
        )
        return actes.commencer_grille(grille=grille, participant=participant)
