"""Public pages kept for those who are nobody: no cookie but their language's and their forms', no word searched.

What such a visitor is answered depends on the address, the language, the base and the hour. A page is kept under
the figure of `Mouvement` read before it was made, hence never served once anything it may show has been written;
and, since phases open and close at set hours, not beyond the next of those hours, nor VIE seconds.
"""

import hashlib
import re

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.db.models import Min, Q
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from consultation.models import Phase

#: Pages that show the same to all who are nobody, by the name of their address.
PAGES = {
    *("forums:liste", "forums:accueil", "forums:propositions", "forums:proposition", "forums:resultats"),
    *("forums:regles", "contenus:reponses", "contenus:tableau", "contenus:piste", "wagtail_serve"),
}
#: What may follow the address: numbers of filters and pages. Words searched are too many to be kept.
FILTRES = {"page", "axe", "college"}
NUMERO = re.compile(r"[0-9]{0,6}\Z")
#: Seconds during which a page may be late on what only the clock changes ("il reste 3 jours").
VIE = 60
#: Rows of `Mouvement` beyond which they are added up into one.
LIGNES_MAX = 200
_JETONS = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+')


class PagesGardees:
    """Middleware, the last of all: a page kept is given where the view would have been called."""

    def __init__(self, get_response):
        if not settings.PAGES_GARDEES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.anonymes = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}

    def __call__(self, request):
        reponse = self.get_response(request)
        a_garder = request.__dict__.pop("_page_a_garder", None)
        if a_garder and _est_gardable(reponse):
            _garder(*a_garder, reponse)
        return reponse

    def process_view(self, request, vue, args, kwargs):
        if not self._concerne(request):
            return None
        mouvement = _mouvement()
        if mouvement is None:
            return None
        cle = _cle(request, mouvement)
        gardee = caches["pages"].get(cle)
        if gardee is None:
            request._page_a_garder = (cle, timezone.now())
            return None
        morceaux, entetes = gardee
        return HttpResponse(_remplir(morceaux, request), headers=entetes)

    def _concerne(self, request):
        return (
            request.method == "GET"
            and request.resolver_match.view_name in PAGES
            and request.COOKIES.keys() <= self.anonymes
            and "HTTP_AUTHORIZATION" not in request.META
            and all(nom in FILTRES and NUMERO.match(valeur) for nom, valeur in request.GET.items())
        )


def _mouvement():
    """The figure that any writing changes, or None while there are no guards. One query."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT SUM(n), COUNT(*) FROM passants_mouvement")
        somme, lignes = curseur.fetchone()
        if lignes > LIGNES_MAX:  # PostgreSQL: one statement sees and keeps one sum, whoever writes meanwhile
            curseur.execute(
                "WITH lues AS (DELETE FROM passants_mouvement RETURNING n) "
                "INSERT INTO passants_mouvement (n) SELECT SUM(n) FROM lues HAVING COUNT(*) > 0"
            )
    return somme


def _cle(request, mouvement):
    dites = (
        mouvement,
        request.LANGUAGE_CODE,
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        getattr(staticfiles_storage, "manifest_hash", ""),  # another release: other addresses of styles
    )
    return hashlib.sha256(repr(dites).encode()).hexdigest()


def _est_gardable(reponse):
    """Whether it is a whole page that set nothing on the device and did not ask to be forgotten."""
    return (
        reponse.status_code == 200
        and not reponse.streaming
        and reponse.get("Content-Type", "").startswith("text/html")
        and not reponse.cookies
        and not reponse.has_header("Cache-Control")
        and b'name="cle"' not in reponse.content  # a key drawn for one sending
    )


def _garder(cle, faite, reponse):
    """Keep the page without the marks of its forms, until the next hour at which a phase opens or closes."""
    jetons = set(_JETONS.findall(reponse.content))
    morceaux = _JETONS.split(reponse.content)
    if any(jeton in morceau for jeton in jetons for morceau in morceaux):
        return
    entetes = {nom: valeur for nom, valeur in reponse.items() if nom != "Content-Length"}
    reste = VIE
    if prochaine := _prochaine_heure(faite):
        reste = min(VIE, (prochaine - timezone.now()).total_seconds())
    if reste > 0:
        caches["pages"].set(cle, (morceaux, entetes), reste)


def _prochaine_heure(depuis):
    bornes = Phase.objects.aggregate(
        debut=Min("debut", filter=Q(debut__gt=depuis)), fin=Min("fin", filter=Q(fin__gt=depuis))
    )
    return min(filter(None, bornes.values()), default=None)


def _remplir(morceaux, request):
    return get_token(request).encode().join(morceaux) if len(morceaux) > 1 else morceaux[0]
