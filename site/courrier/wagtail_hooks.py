"""The post in the organiser's desk."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import regles
from .views import gestion

urlpatterns = [
    path("", gestion.Accueil.as_view(), name="accueil"),
    path("adresses/", gestion.Abonnes.as_view(), name="abonnes"),
    path("inscrire/", gestion.Inscrire.as_view(), name="inscrire"),
    path("numero/<int:fil>/", gestion.Envoyer.as_view(), name="envoi"),
    path("numero/<int:fil>/apercu/<str:forme>/", gestion.Apercu.as_view(), name="apercu"),
    path("numero/<int:fil>/preuve.csv", gestion.Preuve.as_view(), name="preuve"),
    path("numero/<int:fil>/<str:acte>/", gestion.Agir.as_view(), name="agir"),
]


@hooks.register("register_admin_urls")
def adresses():
    return [path("courrier/", include((urlpatterns, "gestion_courrier"), namespace="gestion_courrier"))]


class Courrier(MenuItem):
    def is_shown(self, request):
        return regles.peut_envoyer(request.user)


@hooks.register("register_admin_menu_item")
def menu():
    return Courrier(gettext_lazy("Courrier"), reverse("gestion_courrier:accueil"), icon_name="mail", order=255)
