"""What a page says of itself to machines."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ..lectures.partage import partage

register = template.Library()
#: What could close the element or open another, written as JSON writes any letter.
_ECHAPPES = {ord(signe): f"\\u{ord(signe):04X}" for signe in "<>&"}


@register.simple_tag(takes_context=True)
def partage_de(context, page):
    """Return the Partage of `page`, as its template names it."""
    return partage(page, context["request"])


@register.simple_tag
def donnees_structurees(donnees):
    """The data of schema.org, which no browser executes; no tag can close it."""
    if not donnees:
        return ""
    texte = json.dumps(donnees, ensure_ascii=False).translate(_ECHAPPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(texte))
