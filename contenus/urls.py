from django.urls import path

from .views import carnet, fiches, impression, moi, pages, suites, suivi

app_name = "contenus"
urlpatterns = [
    path("moi/", moi.ma_page, name="moi"),
    path("moi/proposition/<int:pk>/", moi.devenir, name="devenir"),
    path("moi/proposition/<int:pk>/desaccord/", moi.desaccord, name="desaccord"),
    path("moi/donnees/", moi.emporter, name="emporter"),
    path("moi/accord/", moi.accord, name="accord"),
    path("moi/effacer/<int:pk>/", moi.effacer, name="effacer"),
    path("moi/<int:pk>/prevenir/", suivi.prevenir, name="prevenir"),
    path("prevenir/<str:cle>/", suivi.prevenu, name="prevenu"),
    path("prevenir/<str:cle>/arreter/", suivi.ne_plus_prevenir, name="ne-plus-prevenir"),
    path("moi/quitter/", moi.quitter, name="quitter"),
    path("moi/carnet/", carnet.le_mien, name="mon-carnet"),
    path("moi/carnet.pdf", carnet.le_mien_pdf, name="mon-carnet-pdf"),
    path("moi/carnet-a-imprimer.pdf", carnet.le_mien_pdf, {"impose": True}, name="mon-carnet-livret"),
    path("carnet/<slug:slug>/", carnet.commun, name="carnet"),
    path("carnet/<slug:slug>.pdf", carnet.commun_pdf, name="carnet-pdf"),
    path("carnet/<slug:slug>/a-imprimer.pdf", carnet.commun_pdf, {"impose": True}, name="carnet-livret"),
    path("reponses/", suites.tableaux, name="reponses"),
    path("reponses/<slug:slug>/", suites.tableau, name="tableau"),
    path("reponses/<slug:slug>/donnees.zip", suites.archive, name="archive"),
    path("reponses/<slug:slug>/<int:numero>/", suites.piste, name="piste"),
    path("liste-de-lecture/", fiches.liste, name="liste-de-lecture"),
    path("impression/fiche/<int:numero>.pdf", fiches.fiche, name="fiche-pdf"),
    path("impression/fiches.pdf", fiches.collection, name="fiches-pdf"),
    path("impression/synthese/<int:pk>.pdf", impression.synthese, name="synthese-pdf"),
    path("impression/fil/<int:numero>.pdf", impression.fil, name="fil-pdf"),
    path("impression/atelier/<int:atelier_id>/mur.pdf", impression.mur, name="mur-pdf"),
    path("impression/atelier/<int:atelier_id>/feuille.pdf", impression.conducteur, name="conducteur-pdf"),
    path(
        "impression/atelier/<int:atelier_id>/cartes.pdf", impression.cartes_a_ecrire, name="cartes-a-ecrire-pdf"
    ),
    path(
        "impression/atelier/<int:atelier_id>/bulletins/<int:lot_id>.pdf",
        impression.bulletins,
        name="bulletins-pdf",
    ),
    path("impression/<slug:slug>/badges.pdf", impression.badges, name="badges-pdf"),
    path("impression/<slug:slug>/convocations.pdf", impression.convocations, name="convocations-pdf"),
    path("impression/<slug:slug>/affiches.pdf", impression.affiches, name="affiches-pdf"),
    path("impression/grille/<int:pk>.pdf", impression.grille, name="grille-pdf"),
    path("rapporter/<int:synthese_id>/page/", pages.synthese_vers_page, name="synthese_vers_page"),
    path("fil-info/flux.xml", pages.FluxFilInfo(), name="flux"),
]
