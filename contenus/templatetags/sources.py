"""What the editor of a synthesis is told about its source."""

from django import template

from ..lectures.ecarts import ecarts

register = template.Library()


@register.simple_tag
def ecarts_de(page):
    """Return what moved upstream since the figures of `page` were taken, one sentence each."""
    return ecarts(page)
