"""What a page says of itself to those who show its link: search engines, messaging, social sites."""

from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _

from ..models import FichePage, FilInfoPage, IdentiteSite, SeminairePage, SynthesePage
from ..typographie import composer

LONGUEUR = 200  # letters of a description that are shown anywhere


@dataclass(frozen=True)
class Partage:
    """`donnees`: schema.org's, as a dict, or None. Addresses are whole."""

    titre: str
    description: str
    adresse: str
    image: str
    nature: str
    donnees: dict | None


def partage(page, request):
    """Return the Partage of a page. Two queries: the site's settings and the picture's rendition."""
    identite = IdentiteSite.for_request(request)
    adresse = page.get_full_url(request) or ""
    vue = Partage(
        titre=composer(page.title),
        description=_description(page),
        adresse=adresse,
        image=_image(identite),
        nature="article" if isinstance(page, (FichePage, FilInfoPage, SynthesePage)) else "website",
        donnees=None,
    )
    return vue if not adresse else Partage(**{**vue.__dict__, "donnees": _donnees(page, vue, identite)})


def _description(page):
    noms = ("search_description", "chapeau", "accroche", "en_bref")
    mots = next((mots for nom in noms if (mots := getattr(page, nom, ""))), "")
    return composer(" ".join(mots.split()))[:LONGUEUR]


def _image(identite):
    if identite.image is None:
        return settings.URL_PUBLIQUE + static("img/icone-512.png")
    url = identite.image.get_rendition("fill-1200x630|format-jpeg").url
    return url if url.startswith("http") else settings.URL_PUBLIQUE + url


def _donnees(page, vue, identite):
    commun = {"@context": "https://schema.org", "name": vue.titre, "url": vue.adresse, "inLanguage": "fr"}
    if vue.description:
        commun["description"] = vue.description
    editeur = {"@type": "Organization", "name": identite.organisme or _("Germoir")}
    if isinstance(page, SeminairePage):
        return _rendezvous(page.consultation, commun, editeur)
    if isinstance(page, (FichePage, FilInfoPage, SynthesePage)) and page.first_published_at:
        return {
            **commun,
            "@type": "NewsArticle" if isinstance(page, FilInfoPage) else "Article",
            "headline": vue.titre,
            "datePublished": page.first_published_at.isoformat(),
            "dateModified": page.last_published_at.isoformat(),
            "image": vue.image,
            "publisher": editeur,
        }
    return None


def _rendezvous(consultation, commun, editeur):
    """An event needs a day; a seminar without one says nothing to machines."""
    if consultation is None or consultation.debut is None:
        return None
    lieu = {"location": {"@type": "Place", "name": consultation.lieu}} if consultation.lieu else {}
    return {
        **commun,
        "@type": "Event",
        "startDate": consultation.debut.isoformat(),
        "endDate": (consultation.fin or consultation.debut).isoformat(),
        "organizer": editeur,
        **lieu,
    }
