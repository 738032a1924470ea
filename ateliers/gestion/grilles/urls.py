from django.urls import path

from . import construction, echanges, en_ligne, lecture, saisie

urlpatterns = [
    path("grilles/", construction.ListeGrilles.as_view(), name="grilles"),
    path("grilles/resultats/", construction.ListeGrilles.as_view(results_only=True), name="grilles_resultats"),
    path("grilles/ajouter/", construction.NouvelleGrille.as_view(), name="grille_ajouter"),
    path("grilles/importer/", echanges.PageImport.as_view(), name="grille_importer"),
    path("grilles/<int:pk>/xlsform/", echanges.Exporter.as_view(), name="grille_xlsform"),
    path("grilles/<int:pk>/", construction.PageConstruction.as_view(), name="grille"),
    path("grilles/<int:pk>/presentation/", construction.PagePresentation.as_view(), name="grille_presentation"),
    path("grilles/<int:pk>/ajouter/", construction.AjouterQuestion.as_view(), name="grille_question_ajouter"),
    path("grilles/<int:pk>/q/<str:cle>/", construction.PageConstruction.as_view(), name="grille_question"),
    path("grilles/<int:pk>/q/<str:cle>/apercu/", construction.Apercu.as_view(), name="grille_apercu"),
    path(
        "grilles/<int:pk>/q/<str:cle>/deplacer/",
        construction.DeplacerQuestion.as_view(),
        name="grille_question_deplacer",
    ),
    path(
        "grilles/<int:pk>/q/<str:cle>/retirer/",
        construction.RetirerQuestion.as_view(),
        name="grille_question_retirer",
    ),
    path("grilles/<int:pk>/en-ligne/", en_ligne.PageEnLigne.as_view(), name="grille_en_ligne"),
    path("grilles/<int:pk>/mettre-en-ligne/", en_ligne.MettreEnLigne.as_view(), name="grille_mettre_en_ligne"),
    path("grilles/<int:pk>/clore/", en_ligne.Clore.as_view(), name="grille_clore"),
    path("grilles/<int:pk>/compter/", lecture.Compter.as_view(), name="grille_compter"),
    path("grilles/<int:pk>/saisir/", saisie.PageSaisie.as_view(), name="grille_saisir"),
    path(
        "grilles/<int:pk>/saisir/<int:copie>/retirer/",
        saisie.RetirerFeuille.as_view(),
        name="grille_feuille_retirer",
    ),
    path("grilles/<int:pk>/lire/", lecture.PageLecture.as_view(), name="grille_lire"),
    path("grilles/<int:pk>/lire/<str:cle>/", lecture.PageTextes.as_view(), name="grille_textes"),
    path("grilles/<int:pk>/rouvrir/", en_ligne.Rouvrir.as_view(), name="grille_rouvrir"),
]
