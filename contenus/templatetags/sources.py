"""Where what a page shows comes from: a synthesis, its figures, a vote."""

from django import template

from ..lectures.barres import vote_de
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


@register.simple_tag
def vote_choisi(valeur):
    """Return the Vote that a ScrutinBloc shows, or None while its synthesis is not published."""
    return vote_de(valeur["synthese"], valeur["vote"] or 1)
