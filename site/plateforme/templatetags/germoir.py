"""The product's own template tags, builtin in every template."""

from django import template
from django.core.exceptions import BadRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from contenus.carnet.dates import periode
from contenus.typographie import INSECABLE, composer

from ..guide import adresse_de_l_aide
from ..pictos import symbole
from ..saisies import champs_de, ecrits

register = template.Library()


@register.simple_tag
def picto(nom, label="", classe=""):
    """Inline one pictogram. With `label` it is an image that is read aloud; without, it is decoration."""
    cadre, trait = symbole(nom)
    attributs = format_html(' class="{}"', classe) if classe else ""
    dit = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg viewBox="{}" {} focusable="false"{}>{}</svg>', cadre, dit, attributs, mark_safe(trait)
    )


@register.simple_tag
def planche(*noms):
    """Inline a hidden sheet of symbols, for scripts that draw with <use href="#f-salaries">."""
    return format_html(
        '<svg class="planche" width="0" height="0" aria-hidden="true" focusable="false">{}</svg>',
        format_html_join(
            "",
            '<symbol id="{}" viewBox="{}">{}</symbol>',
            ((nom, cadre, mark_safe(trait)) for nom in noms for cadre, trait in [symbole(nom)]),
        ),
    )


@register.simple_tag
def etiquette(numero, mot=False, lien="", id=""):
    """The plant label, sign of every piste number: "n° 12", or "Piste n° 12" with `mot`."""
    texte = (gettext("Piste n° %(numero)s") if mot else gettext("n° %(numero)s")) % {"numero": numero}
    texte = texte.replace("° ", "°" + INSECABLE)
    ancre = format_html(' id="{}"', id) if id else ""
    if lien:
        return format_html('<a class="etiquette" href="{}"{}>{}</a>', lien, ancre, texte)
    return format_html('<span class="etiquette"{}>{}</span>', ancre, texte)


@register.inclusion_tag("fragments/mots_envoyes.html", takes_context=True)
def mots_envoyes(context):
    """The words of the form that this page refuses, so that nobody loses them; see `plateforme.saisies`."""
    request = context.get("request")
    if request is None or request.method != "POST":
        return {"mots": []}
    try:
        return {"mots": ecrits(champs_de(request.POST))}
    except BadRequest:  # a body that cannot be read has no words, and it is what the page is refusing
        return {"mots": []}


@register.simple_tag(takes_context=True)
def lien_aide(context):
    """The way from a screen of the desk to the section of the guide that tells of it, or nothing."""
    vue = getattr(getattr(context, "request", None), "resolver_match", None)
    adresse = adresse_de_l_aide(vue.view_name) if vue else ""
    if not adresse:
        return ""
    return format_html('<a class="lien-aide" href="{}">{}</a>', adresse, gettext("Aide de cette page"))


@register.simple_tag
def en_francais():
    """On a page shown in another language, say that what people and editors wrote stands in French."""
    return "" if (get_language() or "fr").startswith("fr") else mark_safe(' lang="fr"')


@register.filter
def typo(texte):
    """French spaces before ; : ! ? » % and after «; for our own words, never for what a participant wrote."""
    if texte is None:
        return ""
    compose = composer(texte)
    return mark_safe(compose) if isinstance(texte, SafeString) else compose


@register.filter
def jours(chose):
    """The days of what has a first and a last one: "13 et 14 octobre 2026"."""
    return periode(chose.debut, chose.fin)


@register.filter
def largeur(valeur, sur=100):
    """Return the width class "v-37" for `valeur` out of `sur`; v-0 when `sur` is 0, at least v-1 above 0."""
    try:
        part = 100 * float(valeur) / float(sur)
    except (TypeError, ValueError, ZeroDivisionError):
        return "v-0"
    return f"v-{max(0 if part <= 0 else 1, min(100, round(part)))}"


@register.filter
def signe_picto(college):
    """Return the pictogram name of a college's shape: "f-salaries"."""
    return f"f-{getattr(college, 'signe', college)}"


@register.filter
def saisie(champ, classe="saisie"):
    """Render a form field's input in the house's look; Django's value and aria links stay."""
    if getattr(champ.field.widget, "input_type", "") in {"checkbox", "radio"}:
        classe = ""
    pose = " ".join(c for c in (champ.field.widget.attrs.get("class", ""), classe) if c)
    attrs = {"class": pose} if pose else {}
    if champ.errors:
        attrs["aria-invalid"] = "true"
    return champ.as_widget(attrs=attrs)
