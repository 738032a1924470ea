"""The site's menu and footer, as pages say them."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from .. import regles
from ..models import PagePlaine

register = template.Library()


def _entrees(pages, chemin):
    """`url_path` begins with the home page's own slug, which addresses do not show."""
    entrees = []
    for titre, url_path in pages.values_list("title", "url_path"):
        url = "/" + url_path.strip("/").partition("/")[2] + "/"
        entrees.append((titre, url, chemin.startswith(url)))
    return entrees


def _chemin(context):
    request = context.get("request")
    return request.path if request is not None else ""


@register.simple_tag(takes_context=True)
def menu_principal(context):
    """Return [(title, address, is this where we are)] for the site's menu. One query."""
    chemin = _chemin(context)
    pages = Page.objects.live().in_menu().filter(depth=3).order_by("path")
    pages = pages.exclude(content_type__model="fichesindexpage", numchild=0)  # an empty shelf leads nowhere
    return [
        (_("En ce moment"), "/#maintenant", False),
        *_entrees(pages, chemin),
        (_("Forums"), "/forums/", chemin.startswith(("/forums/", "/forum/"))),
        (_("Ressources"), "/#ressources", False),
        (_("Rechercher"), "/recherche/", chemin.startswith("/recherche/")),
    ]


@register.simple_tag(takes_context=True)
def menu_pied(context):
    """Return [(title, address, is this where we are)] for the footer. One query."""
    return _entrees(PagePlaine.objects.live().filter(au_pied=True).order_by("path"), _chemin(context))


@register.simple_tag(takes_context=True)
def lien_modifier(context):
    """Return where this page is edited, for whoever may edit it, or "". Nothing is asked for a stranger.

    Wagtail's own bar comes with inline styles and scripts, which the content policy refuses.
    """
    request, page = context.get("request"), context.get("page")
    compte = getattr(request, "user", None)
    if not (isinstance(page, Page) and page.pk and compte and compte.is_authenticated):
        return ""
    permis = page.permissions_for_user(compte).can_edit() and regles.peut_ecrire(compte, page)
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if permis else ""
