from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from .saisies import reprendre
from .sante import sante
from .vues import favicon, manifeste, renvoyer_vers, robots

handler500 = "plateforme.pannes.erreur_interne"
urlpatterns = [
    path("gestion/login/", renvoyer_vers("account_login"), name="connexion_gestion"),
    re_path("^gestion/password_reset/", renvoyer_vers("account_reset_password"), name="oubli_gestion"),
    path("_util/login/", renvoyer_vers("account_login"), name="connexion_pages"),
    path("gestion/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("compte/reprendre/<str:cle>/", reprendre, name="reprendre_saisie"),
    path("compte/", include("allauth.urls")),
    path("manifeste.webmanifest", manifeste, name="manifeste"),
    path("sante/", sante, name="sante"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", require_safe(sitemap), name="plan"),
    path("favicon.ico", favicon, name="favicon"),
    path("langue/", set_language, name="set_language"),
    path("", include("ateliers.urls")),
    path("", include("contenus.urls")),
    path("", include("forums.urls")),
    path("", include("courrier.urls")),
    path("", include("visites.urls")),
    path("", include("immersions.urls")),
    path("", include("recherche.urls")),
    path("", include("api.urls")),
]
if settings.DEBUG:
    # As in front of a real site: what pages show, never the documents nor the originals of images.
    for dossier in ("images", "avatar_images"):
        urlpatterns += static(f"{settings.MEDIA_URL}{dossier}/", document_root=settings.MEDIA_ROOT / dossier)
urlpatterns += [path("", include(wagtail_urls))]
