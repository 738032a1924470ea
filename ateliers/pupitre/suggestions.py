"""Suggested groupings, and those a facilitator has left aside. Nothing is ever grouped by itself."""

from dataclasses import dataclass

from consultation import lectures as lectures_consultation

#: Kept in the facilitator's own session: leaving a suggestion says nothing about the propositions.
_CLE = "suggestions_laissees"
_GARDEES = 60
MONTREES = 5


@dataclass(frozen=True)
class Suggestion:
    """Propositions that look alike. `cle` names the group, so that leaving it is remembered."""

    cle: str
    propositions: tuple


def suggestions(atelier, laissees=()):
    """Return at most five groups of look-alikes, without those whose key is in `laissees`."""
    groupes = lectures_consultation.suggestions(atelier.espace, limite=MONTREES + len(laissees))
    toutes = (Suggestion(cle_de(groupe), tuple(groupe)) for groupe in groupes)
    return [s for s in toutes if s.cle not in laissees][:MONTREES]


def cle_de(propositions):
    return "-".join(str(numero) for numero in sorted(p.pk for p in propositions))


def numeros_de(cle):
    """Read a key back as proposition ids; anything else in it is left out."""
    return [int(n) for n in cle.split("-") if n.isascii() and n.isdigit() and len(n) < 16][:100]


def laissees(session, atelier):
    """Return the keys of the suggestions this session has left aside in this workshop."""
    return tuple(session.get(_CLE, {}).get(str(atelier.pk), ()))


def laisser(session, atelier, cle):
    siennes = [*laissees(session, atelier), cle[:400]]
    session[_CLE] = {**session.get(_CLE, {}), str(atelier.pk): siennes[-_GARDEES:]}
