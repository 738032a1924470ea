from django.urls import path

from .views import grilles, grilles_reseau

urlpatterns = [
    path("g/<str:code>/", grilles.debut, name="grille"),
    path("g/<str:code>/commencer/", grilles.commencer, name="grille-commencer"),
    path("g/<str:code>/q/<str:cle>/", grilles.question, name="grille-question"),
    path("g/<str:code>/relire/", grilles.relire, name="grille-relire"),
    path("g/<str:code>/garder/", grilles_reseau.garder, name="grille-garder"),
    path("g/<str:code>/ecrans/", grilles_reseau.ecrans, name="grille-ecrans"),
    path("g/<str:code>/envoyer/", grilles.envoyer, name="grille-envoyer"),
    path("g/<str:code>/merci/", grilles.merci, name="grille-merci"),
    path("g/<str:code>/effacer/", grilles.effacer, name="grille-effacer"),
]
