"""Who has spoken aloud in the room: turns by college, and whose turn it is."""

from collections import Counter
from dataclasses import dataclass

from ..models import PriseDeParole


@dataclass(frozen=True)
class Tours:
    """`par_college`: [(Voix, turns had)].

    `tiree`: the PriseDeParole of whoever was drawn last and has the floor, or None; `derniere`: the last one
    noted, whatever it is, or None.
    """

    par_college: list
    tiree: PriseDeParole | None
    derniere: PriseDeParole | None


def lire_tours(atelier, voix):
    """Return the Tours of a room. `voix`: its colleges, as `lectures.parole` reads them. One query."""
    tours = list(PriseDeParole.objects.filter(atelier=atelier).select_related("participant__college", "college"))
    n = Counter(tour.college_id for tour in tours if not tour.passee)
    derniere = tours[-1] if tours else None
    tiree = derniere if derniere and derniere.participant_id and not derniere.passee else None
    return Tours([(v, n[v.college.pk]) for v in voix], tiree, derniere)
