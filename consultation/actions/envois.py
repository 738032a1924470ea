"""One ballot as it was sent, read and not yet judged, and what its sender is told."""

from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _

from ..erreurs import Refus
from ..models import Bulletin, Participant, Scrutin
from ..textes import entier
from .gardes import exiger_cle


@dataclass(frozen=True, eq=False)
class Envoi:
    """One ballot as it was sent, read and not yet judged. `langue`: in which a refusal is to be said.

    `appareil`: the device that sent it. What another one chose is never told to it. `objecte`: it comes with a
    reason (`actions.objecter`), and may hold an objection.
    """

    scrutin: Scrutin
    participant: Participant
    choix: dict
    cle: str = ""
    ordre: int | None = None
    langue: str | None = field(default_factory=translation.get_language)
    appareil: str = ""
    objecte: bool = False

    @classmethod
    def lire(cls, *, scrutin, participant, choix, cle="", ordre=None, appareil=""):
        """Raises Refus "choix_invalide" and "cle_longue" 400."""
        exiger_cle(cle)
        return cls(scrutin, participant, lire_choix(choix), cle, ordre, appareil=appareil)


@dataclass(frozen=True)
class Recu:
    """What the sender of a ballot is told: it is in; `voix`, {piste that stands: value}, are now their choices.

    Those that another device made are not in it. `ailleurs`: one of them stands in place of what was sent.
    """

    bulletin: Bulletin
    voix: dict
    ailleurs: bool = False

    def depasse(self, choix):
        """Whether choices made later, elsewhere, had replaced some of `choix`."""
        return self.ailleurs or (
            bool(self.voix) and any(self.voix.get(piste, 0) != valeur for piste, valeur in choix.items())
        )


def lire_choix(choix):
    """Return {int: int} from what a form or a phone sent. Raises Refus "choix_invalide" 400."""
    try:
        return {_entier(piste): _entier(valeur) for piste, valeur in choix.items()}
    except (AttributeError, TypeError, ValueError) as erreur:
        message = _("Ce bulletin n’est pas lisible. Rechargez la page.")
        raise Refus("choix_invalide", message, statut=400) from erreur


def _entier(valeur):
    """An int, or a str of plain digits; anything else (True, 1.5, "½", "-1") is a ValueError."""
    lu = valeur if type(valeur) is int else entier(valeur, 10**18)
    if lu is None:
        raise ValueError(valeur)
    return lu
