"""Finding people, and what is held about them."""

from ..models import Participant
from ..textes import LONGUEUR_CODE_PERSONNEL, cle_de_code


def participant_par_code(saisie):
    """Return the participant whose personal code was typed, in any case and spacing, or None. One query."""
    cle = cle_de_code(saisie)
    if len(cle) != LONGUEUR_CODE_PERSONNEL:
        return None
    return Participant.objects.select_related("consultation", "college").filter(code_personnel=cle).first()
