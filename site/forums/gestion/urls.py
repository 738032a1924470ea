from django.urls import path

from . import pages

app_name = "gestion_forums"
urlpatterns = [
    path("forum/", pages.PageForum.as_view(), name="forum"),
    *pages.RubriquePhases().urls(),
    path("communes/", pages.PageCommunes.as_view(), name="communes"),
    path("cartes/", pages.PageCartes.as_view(), name="cartes"),
    path("cartes/<int:pk>/imprimer/", pages.ImprimerCartes.as_view(), name="cartes_imprimer"),
    path("vote/ouvrir/", pages.OuvrirVote.as_view(), name="vote_ouvrir"),
    path("vote/fermer/", pages.FermerVote.as_view(), name="vote_fermer"),
]
