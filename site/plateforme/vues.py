from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


def renvoyer_vers(nom):
    """Return a view that sends to the address `nom`: Wagtail's own ways in know nothing of allauth's limits."""

    def vue(request):
        suite = request.GET.get("next")
        return redirect(f"{reverse(nom)}?{urlencode({'next': suite})}" if suite else reverse(nom))

    return vue


@cache_control(max_age=86400, public=True)
def manifeste(request):
    """The web app manifest: the site on a phone's home screen, opened on the screen that asks for the code."""
    icones = [
        {"src": static(f"img/icone-{cote}.png"), "sizes": f"{cote}x{cote}", "type": "image/png"}
        for cote in (180, 512)
    ]
    return JsonResponse(
        {
            "name": "Germoir",
            "short_name": "Germoir",
            "lang": "fr",
            "start_url": "/rejoindre/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#f8f6ef",
            "theme_color": "#0f4a36",
            "icons": icones,
        },
        content_type="application/manifest+json",
    )


#: What machines have no use for: rooms, personal pages, desks. Codes are in some of these addresses.
FERMES = ("/gestion/", "/compte/", "/moi/", "/a/", "/m/", "/r/", "/animer/", "/rapporter/", "/projeter/")


@require_safe
@cache_control(max_age=86400, public=True)
def robots(request):
    lignes = ["User-agent: *", *(f"Disallow: {chemin}" for chemin in FERMES)]
    return HttpResponse(
        "\n".join([*lignes, f"Sitemap: {settings.URL_PUBLIQUE}/sitemap.xml", ""]), content_type="text/plain"
    )


@require_safe
@cache_control(max_age=86400, public=True)
def favicon(request):
    """Where browsers and feed readers look without being told."""
    return redirect(static("img/favicon-32.png"))
