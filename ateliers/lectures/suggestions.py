"""Suggested groupings, and those that someone set aside. Nothing is ever grouped by itself."""

from dataclasses import dataclass

from consultation import lectures as lectures_consultation
from consultation.models import SuggestionLaissee
from consultation.textes import entiers

MONTREES = 5


@dataclass(frozen=True)
class Suggestion:
    """Propositions that look alike. `cle` names the group; `laissee` says who set it aside, if someone did."""

    cle: str
    propositions: tuple
    laissee: SuggestionLaissee | None = None


@dataclass(frozen=True)
class Suggestions:
    """At most five that stand, and among those that look alike today, the ones set aside."""

    proposees: tuple = ()
    laissees: tuple = ()


def suggestions(atelier):
    """Return the Suggestions of a workshop. Two queries."""
    laissees = {une.cle: une for une in atelier.espace.suggestions_laissees.select_related("par")}
    groupes = lectures_consultation.suggestions(atelier.espace, limite=MONTREES + len(laissees))
    toutes = [_suggestion(groupe, laissees) for groupe in groupes]
    return Suggestions(
        proposees=tuple(s for s in toutes if s.laissee is None)[:MONTREES],
        laissees=tuple(s for s in toutes if s.laissee is not None),
    )


def _suggestion(groupe, laissees):
    cle = SuggestionLaissee.cle_de(groupe)
    return Suggestion(cle, tuple(groupe), laissees.get(cle))


def numeros_de(cle):
    """Read a key back as proposition ids; anything else in it is left out."""
    return entiers(cle.split("-"))[: lectures_consultation.TEXTES_COMPARES]
