"""What surrounds each answer of the API, its description for programs, and its page for people."""

from functools import wraps

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

from .routes import PAR_MINUTE, PAR_PAGE_MAX, api

RACINE = "/api/v1/"
METHODES = ["GET", "HEAD", "OPTIONS"]


def ouverte(vue):
    """Make of `vue` a reading for anyone: from any site, in French, asked again only for what changed.

    What an author withdraws is withdrawn at once: caches ask each time, and are told 304 when nothing moved.
    """

    @wraps(vue)
    def lue(request, *args, **kwargs):
        if request.method not in METHODES:
            return HttpResponseNotAllowed(METHODES)
        if request.method == "OPTIONS":
            return _ouvrir(HttpResponse(status=204))
        demandee, request.method = request.method, "GET"
        with translation.override("fr"):
            reponse = vue(request, *args, **kwargs)
        request.method = demandee
        reponse["Cache-Control"] = "public, no-cache"
        reponse["Content-Language"] = "fr"
        if reponse.status_code == 200:
            set_response_etag(reponse)
            reponse = get_conditional_response(request, etag=reponse["ETag"], response=reponse)
        return _ouvrir(reponse)

    lue.__module__ = __name__
    return lue


def _ouvrir(reponse):
    """Let pages of other sites read it; there is no cookie nor key to lend them."""
    reponse["Access-Control-Allow-Origin"] = "*"
    reponse["Access-Control-Allow-Methods"] = ", ".join(METHODES)
    reponse["Access-Control-Allow-Headers"] = "If-None-Match"
    reponse["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    reponse["Access-Control-Max-Age"] = "86400"
    return reponse


def _description():
    schema = api.get_openapi_schema(path_prefix=RACINE)
    return {**schema, "servers": [{"url": settings.URL_PUBLIQUE}]}


@ouverte
def description(request):
    """The OpenAPI description."""
    return JsonResponse(_description())


@require_safe
def page(request):
    """The API told to people, from its own description."""
    adresses = [
        {
            "adresse": chemin,
            "morceaux": chemin.split("/")[1:],
            "dit": actes["get"]["summary"],
            "fixe": "{" not in chemin,
        }
        for chemin, actes in _description()["paths"].items()
    ]
    contexte = {"adresses": adresses, "par_minute": PAR_MINUTE, "par_page_max": PAR_PAGE_MAX}
    return render(request, "api/page.html", contexte)
