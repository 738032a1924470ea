"""How people's words are shown in a forum: as written, in paragraphs, with links that lend no credit."""

import re

from django import template
from django.template.defaultfilters import linebreaks
from django.utils.safestring import mark_safe

from contenus.html import lier

register = template.Library()
_PHRASE = re.compile(r"(.{12,200}?[.!?…])\s+(?=\S)", re.DOTALL)


@register.filter
def paroles(texte):
    """Return plain words as paragraphs, http(s) addresses made links (nofollow); nothing else is markup."""
    return mark_safe(linebreaks(lier(texte), autoescape=False))


@register.filter
def titre_et_corps(proposition):
    """Return (first sentence, the rest) of what may be read of a proposition; the rest is "" when it is one."""
    dit = proposition.texte_public
    coupe = _PHRASE.match(dit)
    return (coupe[1], dit[coupe.end() :]) if coupe else (dit, "")


@register.filter
def regle_numero(regles, numero):
    """Return the rule of that number, from 1, or "" when the rules have been shortened since."""
    return regles[numero - 1] if 0 < numero <= len(regles) else ""
