"""What people wrote, shown: the only filters that let HTML through."""

from django import template

from ..html import lier, montrer

register = template.Library()


@register.filter
def redige(valeur):
    """Rich text of an editor (a field or a block's value), clean and composed."""
    return montrer(getattr(valeur, "source", valeur))


@register.filter(name="lier")
def lies(texte):
    """Plain words, their addresses made links."""
    return lier(texte)
