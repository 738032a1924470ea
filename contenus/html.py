"""HTML and addresses from people: the one place that says which tags and which protocols pass, and cleans.

The only user of bleach. What editors write is cleaned when it is saved, when it is shown and before print. French
typography is put on the words alone, never on an attribute: "mailto:" keeps its colon.
"""

from html import unescape
from urllib.parse import urlsplit

from bleach import Cleaner
from bleach.callbacks import nofollow
from bleach.html5lib_shim import Filter
from bleach.linkifier import TLDS, Linker, build_url_re
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import expand_db_html

from .typographie import composer

#: What rich text may hold. No italics: they are hard to read. No embed, no image inside a sentence.
MISE_EN_FORME = ["h3", "h4", "bold", "ol", "ul", "link", "document-link"]
MISE_EN_FORME_COURTE = ["bold", "ol", "ul", "link"]
#: The tags these features write, and those around them.
BALISES = {"h3", "h4", "b", "strong", "ol", "ul", "li", "a", "p", "br"}
TITRES = {"h2", "h3", "h4"}
BALISES_DU_GUIDE = BALISES | TITRES | {"table", "thead", "tbody", "tr", "th", "td", "code", "pre", "em"}
PROTOCOLES = {"http", "https", "mailto"}

_valider_url = URLValidator(schemes=["http", "https"])
_valider_courriel = EmailValidator()


def est_chemin(valeur):
    """True for a path of this site: "/syntheses/", and neither "//elsewhere" nor one with control characters."""
    return valeur.startswith("/") and not valeur.startswith(("//", "/\\")) and valeur.isprintable()


def valider_lien(valeur):
    """Raise ValidationError unless `valeur` is an http(s) address, a mailto: or a path of this site."""
    valeur = str(valeur)
    if est_chemin(valeur):
        return
    try:
        if valeur.lower().startswith("mailto:"):
            _valider_courriel(valeur[len("mailto:") :].partition("?")[0])
        else:
            _valider_url(valeur)
    except ValidationError:
        raise ValidationError(
            _("Écrivez une adresse complète : https://… ou mailto:quelquun@exemple.org."), code="lien"
        ) from None


def adresse(href):
    """Return an absolute address of an allowed protocol, or "" for anything else (a script, a fragment)."""
    href = (href or "").strip()
    if est_chemin(href):
        return f"{settings.URL_PUBLIQUE}{href}"
    return href if href.partition(":")[0].lower() in PROTOCOLES and ":" in href else ""


class _Typographie(Filter):
    """Compose the words between tags. Entities are made letters first, blanks are put back with their words."""

    def __iter__(self):
        mots = []
        for jeton in super().__iter__():
            if jeton["type"] in ("Characters", "SpaceCharacters"):
                mots.append(jeton["data"])
            elif jeton["type"] == "Entity":
                mots.append(unescape(f"&{jeton['name']};"))
            else:
                yield from self._composes(mots)
                mots = []
                yield jeton
        yield from self._composes(mots)

    @staticmethod
    def _composes(mots):
        if mots:
            yield {"type": "Characters", "data": composer("".join(mots))}


def _garde(balise, nom, valeur):
    """What an element keeps: its address, the page or document Wagtail points it to, its key in the editor."""
    if nom == "data-block-key":
        return valeur.isalnum()
    if nom == "href":
        lue = unescape(valeur)
        return balise == "a" and bool(adresse(lue) or lue.startswith("#"))
    return balise == "a" and (
        (nom == "linktype" and valeur in ("page", "document")) or (nom == "id" and valeur.isdigit())
    )


def _garde_du_guide(balise, nom, valeur):
    """The same, and where a link of the guide may lead inside a page."""
    return (nom == "id" and balise in TITRES) or _garde(balise, nom, valeur)


def _nettoyeur(*filtres, balises=BALISES, garde=_garde):
    """A Cleaner is not to be shared between threads, and costs little to make."""
    return Cleaner(tags=balises, attributes=garde, protocols=PROTOCOLES, strip=True, filters=filtres)


def montrer_guide(html):
    """Return a page of the guide, made from its own Markdown: tables, code and anchors pass too."""
    return mark_safe(_nettoyeur(balises=BALISES_DU_GUIDE, garde=_garde_du_guide).clean(html))


def assainir(html):
    """Return rich text as it may be kept: allowed tags, allowed addresses, the words untouched."""
    return _nettoyeur().clean(html or "")


def montrer(html):
    """Return rich text as Wagtail keeps it, ready to be shown: clean, its links followed, its words composed.

    Cleaned before its links are followed, so that nothing is fetched for it, and after: nothing is trusted.
    """
    suivi = expand_db_html(assainir(html))
    return mark_safe(_nettoyeur(_Typographie).clean(suivi))


def _liens_publics(attributs, new=False):
    """A linkify callback: nothing but http and https becomes a link."""
    return attributs if urlsplit(attributs.get((None, "href"), "")).scheme in ("http", "https") else None


def lier(texte):
    """Return plain words with their http(s) addresses made links that lend no credit (nofollow)."""
    lieur = Linker(
        callbacks=[_liens_publics, nofollow],
        url_re=build_url_re(tlds=TLDS, protocols=["http", "https"]),
        parse_email=False,
    )
    return mark_safe(lieur.linkify(conditional_escape(texte or "")))
