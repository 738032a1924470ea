from django.urls import include, path

from .views import equipe, par_courriel, par_identite, participer, publiques, suivre

app_name = "forums"
un_forum = [
    path("", publiques.accueil, name="accueil"),
    path("propositions/", publiques.propositions, name="propositions"),
    path("propositions/<int:proposition_id>/", publiques.proposition, name="proposition"),
    path("propositions/<int:proposition_id>/dire/", participer.contribuer, name="contribuer"),
    path("resultats/", publiques.resultats, name="resultats"),
    path("regles/", publiques.regles, name="regles"),
    path("affiche.pdf", publiques.affiche, name="affiche"),
    path("entrer/", participer.entrer, name="entrer"),
    path("entrer/e-mail/", par_courriel.demander, name="par-courriel"),
    path("entrer/e-mail/<str:jeton>/", par_courriel.ouvrir, name="lien"),
    path("entrer/identite/", par_identite.partir, name="identite"),
    path("carte/<str:code>/", participer.carte, name="carte"),
    path("bienvenue/", participer.bienvenue, name="bienvenue"),
    path("proposer/", participer.proposer, name="proposer"),
    path("mes-textes/", participer.mes_textes, name="mes-textes"),
    path("mes-textes/<str:cle>/deuxieme-lecture/", participer.recours, name="recours"),
    path("voter/", participer.voter, name="voter"),
    path("suivre/", suivre.suivre, name="suivre"),
    path("suivi/<str:cle>/", suivre.suivi, name="suivi"),
    path("suivi/<str:cle>/arreter/", suivre.arreter, name="arreter"),
    path("signaler/<str:cle>/", participer.signaler, name="signaler"),
    path("propositions/<int:proposition_id>/repondre/", equipe.repondre, name="repondre"),
    path("guichet/", equipe.guichet, name="guichet"),
    path("moderer/", equipe.moderer, name="moderer"),
    path("moderer/<int:decision_id>/annuler/", equipe.annuler, name="annuler"),
    path("moderer/<str:cle>/", equipe.decider, name="decider"),
]
urlpatterns = [
    path("forums/", publiques.liste, name="liste"),
    path("forums/identite/retour/", par_identite.revenir, name="identite-retour"),
    path("forum/<slug:slug>/", include(un_forum)),
]
