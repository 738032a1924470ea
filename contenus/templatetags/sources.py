"""What the editor of a synthesis is told about its source."""

from django import template

from ..lectures.ecarts import ecarts
from ..lectures.mots import pistes_a_reformuler

register = template.Library()


@register.simple_tag
def ecarts_de(page):
    """Return what moved upstream since the figures of `page` were taken, one sentence each."""
    return ecarts(page)


@register.simple_tag
def a_reformuler_de(page):
    """Return the numbers of the pistes of `page` that say someone's words without their leave."""
    return pistes_a_reformuler(page.synthese)
