from django.urls import path

from .views import emargement, entree, horsligne, inscription, participant

urlpatterns = [
    path("sw.js", horsligne.veilleur, name="veilleur"),
    path("hors-ligne/", horsligne.hors_ligne, name="hors-ligne"),
    path("rejoindre/", entree.rejoindre, name="rejoindre"),
    path("ce-que-nous-gardons/", entree.donnees, name="donnees-gardees"),
    path("s-inscrire/<slug:slug>/", inscription.inscription, name="s-inscrire"),
    path("r/<str:code>/", entree.bienvenue, name="bienvenue"),
    path("m/<str:code>/", entree.appareil, name="appareil"),
    path("a/<str:code>/", participant.salle, name="salle"),
    path("a/<str:code>/entrer/", entree.entrer, name="entrer"),
    path("a/<str:code>/mon-code/", entree.mon_code, name="mon-code"),
    path("a/<str:code>/sortir/", entree.sortir, name="sortir"),
    path("a/<str:code>/proposer/", participant.proposer, name="proposer"),
    path("a/<str:code>/preciser/<int:proposition_id>/", participant.preciser, name="preciser"),
    path("a/<str:code>/objecter/", participant.objecter, name="objecter"),
    path("a/<str:code>/repondre/", participant.repondre, name="repondre"),
    path("a/<str:code>/voter/", participant.voter, name="voter"),
    path("a/<str:code>/qui-a-vote/<int:scrutin_id>/", emargement.emargement, name="emargement"),
]
