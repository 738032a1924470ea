"""What looks alike in an espace, for the console and the regrouping board."""

from ..analyse import ressemblance

#: Suggesting is quadratic in the worst case: beyond this many texts the oldest wait their turn.
TEXTES_COMPARES = 400


def suggestions(espace, limite=5):
    """Return up to `limite` groups (lists of 2 or more) of ungathered propositions that look alike. Never applied.

    The most alike first. One query; under half a second at its limit.
    """
    orphelines = list(
        espace.propositions.orphelines().select_related("college", "axe").order_by("-pk")[:TEXTES_COMPARES]
    )[::-1]
    groupes = ressemblance.groupes([p.texte_public for p in orphelines])
    return [[orphelines[rang] for rang in groupe] for groupe in groupes[:limite]]
