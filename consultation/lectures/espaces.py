"""What looks alike in an espace, for the console and the regrouping board."""

from dataclasses import dataclass

from django.db.models import Count, Q

from ..analyse import voisinages
from ..models import Axe, Proposition

#: Suggesting is quadratic in the worst case: beyond this many texts the oldest wait their turn.
TEXTES_COMPARES = 400


def suggestions(espace, limite=5):
    """Return up to `limite` groups (lists of 2 or more) of ungathered propositions that look alike. Never applied.

    The most alike first. One query. They are compared again only when what was said has changed: see `voisinages`.
    """
    orphelines = (
        espace.propositions.orphelines().select_related("college", "axe").order_by("-pk")[:TEXTES_COMPARES]
    )
    dites = {p.pk: p for p in reversed(orphelines)}
    groupes = voisinages.groupes(espace.pk, {pk: p.texte_public for pk, p in dites.items()})
    return [[dites[pk] for pk in groupe] for groupe in groupes[:limite]]


def axes_a_choisir(espace):
    """Return the axes among which whoever speaks here may file their words: its themes, or the axe itself.

    Empty where there is nothing to choose: no axe, or a single one. Two queries at most.
    """
    axes = list(espace.axes.all())
    themes = Axe.objects.filter(parent__in=axes).order_by("ordre", "pk") if axes else ()
    siens = {axe.pk: [theme for theme in themes if theme.parent_id == axe.pk] for axe in axes}
    offerts = list(dict.fromkeys(un for axe in axes for un in siens[axe.pk] or [axe]))
    return offerts if len(offerts) > 1 else []


@dataclass(frozen=True)
class Laissees:
    """Ideas that a vote opened now would leave out: shown ones in no piste, and ones nobody has read yet."""

    orphelines: int
    a_relire: int

    def __bool__(self):
        return bool(self.orphelines or self.a_relire)


def idees_laissees(espace):
    """Return the Laissees of an espace; a plenary that votes on its list leaves nothing out. Two queries."""
    if espace.reprises.exists():
        return Laissees(0, 0)
    proposees = espace.propositions.filter(nature=Proposition.Nature.PISTE, piste__isnull=True)
    comptes = proposees.aggregate(
        orphelines=Count("pk", filter=Q(moderation=Proposition.Moderation.AFFICHEE)),
        a_relire=Count("pk", filter=Q(moderation=Proposition.Moderation.A_RELIRE)),
    )
    return Laissees(**comptes)
