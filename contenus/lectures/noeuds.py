"""One node of a stem: a step that someone's words have reached."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from ..carnet import dates


@dataclass(frozen=True)
class Noeud:
    """One node. `genre` names its template; `etat` is "fait", "attente" (not yet) or "stop" (it ends here)."""

    genre: str
    picto: str
    titre: str
    etat: str = "fait"
    le: object = None
    contenu: dict = field(default_factory=dict)

    @property
    def gabarit(self):
        return f"contenus/moi/noeuds/{self.genre}.html"

    @property
    def quand(self):
        """The day, as people say it: "Mardi 13 octobre 2026"."""
        if self.le is None:
            return ""
        return dates.jour(timezone.localtime(self.le) if isinstance(self.le, datetime) else self.le, annee=True)
