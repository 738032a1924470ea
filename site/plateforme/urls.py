from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from .saisies import reprendre
from .vues import manifeste

handler500 = "plateforme.pannes.erreur_interne"
urlpatterns = [
    path("gestion/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("compte/reprendre/<str:cle>/", reprendre, name="reprendre_saisie"),
    path("compte/", include("allauth.urls")),
    path("manifeste.webmanifest", manifeste, name="manifeste"),
    path("langue/", set_language, name="set_language"),
    path("", include("ateliers.urls")),
    path("", include("contenus.urls")),
]
if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += [path("", include(wagtail_urls))]
