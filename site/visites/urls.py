from django.urls import include, path

from .views import publiques

app_name = "visites"
une_visite = [
    path("", publiques.visite, name="visite"),
    path("rendez-vous.ics", publiques.rendez_vous, name="rendez-vous"),
    path("demander/", publiques.demander, name="demander"),
    path("rendre/", publiques.rendre, name="rendre"),
    path("accord/", publiques.accord, name="accord"),
]
urlpatterns = [
    path("visites/<slug:slug>/", publiques.liste, name="liste"),
    path("visites/<slug:slug>/<int:visite_id>/", include(une_visite)),
    path("visite-entreprise/<str:cle>/", publiques.entreprise, name="entreprise"),
]
