"""What the pages of immersions say of a file."""

from django import template

from ..lectures import ETATS

register = template.Library()


@register.filter
def mots_d_etat(cle):
    """Where a file stands, in words."""
    return ETATS[cle]
