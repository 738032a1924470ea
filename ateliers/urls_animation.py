from django.urls import path, re_path

from .views import (
    bulletins,
    console,
    deroule,
    grilles_salle,
    mes_ateliers,
    mur,
    pleniere,
    portes,
    precisions,
    projection,
    regroupement,
    resultats,
    suggestions,
    tours,
)

_ATELIER = "animer/<int:atelier_id>/"
_ETAPE = r"^animer/(?P<atelier_id>\d{1,15})/etapes/(?P<etape_id>\d{1,15})/"

urlpatterns = [
    path("animer/", mes_ateliers.mes_ateliers, name="mes_ateliers"),
    path(_ATELIER, console.console, name="console"),
    re_path(
        _ETAPE + r"(?P<acte>ouvrir|fermer|prolonger|suspendre|reprendre)/$", console.agir_etape, name="agir_etape"
    ),
    re_path(
        r"^animer/(?P<atelier_id>\d{1,15})/entrees/(?P<acte>suspendre|reprendre)/$",
        portes.tenir_la_porte,
        name="tenir_la_porte",
    ),
    path(_ATELIER + "resultats/<int:scrutin_id>/montrer/", resultats.montrer_resultats, name="montrer_resultats"),
    re_path(
        r"^animer/(?P<atelier_id>\d{1,15})/objections/(?P<objection_id>-?\d{1,19})/repondre/$",
        resultats.repondre_objection,
        name="repondre_objection",
    ),
    path(
        _ATELIER + "resultats/<int:scrutin_id>/second-tour/",
        resultats.ajouter_second_tour,
        name="ajouter_second_tour",
    ),
    path(_ATELIER + "resultats/<int:scrutin_id>/carte/", resultats.dessiner_opinions, name="dessiner_opinions"),
    re_path(
        r"^animer/(?P<atelier_id>\d{1,15})/mur/(?P<acte>cacher|montrer)/$", mur.tenir_le_mur, name="tenir_le_mur"
    ),
    re_path(
        r"^animer/(?P<atelier_id>\d{1,15})/mur/(?P<proposition_id>\d{1,15})/(?P<geste>mettre|epingler|cacher|laisser)/$",
        mur.placer_au_mur,
        name="placer_au_mur",
    ),
    re_path(
        r"^animer/(?P<atelier_id>\d{1,15})/grilles/(?P<grille_id>\d{1,15})/(?P<acte>clore|compter|montrer)/$",
        grilles_salle.agir_grille,
        name="agir_grille",
    ),
    path(_ATELIER + "question/", grilles_salle.poser_question, name="poser_question"),
    path(_ATELIER + "entrees/sortir/", portes.faire_sortir, name="faire_sortir"),
    path(_ATELIER + "parole/tirer/", tours.tirer_la_parole, name="tirer_la_parole"),
    path(_ATELIER + "parole/noter/", tours.noter_parole, name="noter_parole"),
    path(_ATELIER + "parole/<int:tour_id>/oublier/", tours.oublier_parole, name="oublier_parole"),
    path(_ATELIER + "votes/<int:scrutin_id>/papier/", bulletins.saisir, name="bulletins"),
    path(_ATELIER + "votes/<int:scrutin_id>/papier/imprimer/", bulletins.preparer, name="preparer_bulletins"),
    path(
        _ATELIER + "votes/<int:scrutin_id>/papier/<int:papier_id>/retirer/",
        bulletins.retirer,
        name="retirer_bulletin",
    ),
    path(_ATELIER + "carte/", console.saisir_carte, name="saisir_carte"),
    re_path(
        r"^animer/(?P<atelier_id>\d{1,15})/propositions/(?P<proposition_id>\d{1,15})/(?P<decision>afficher|ecarter)/$",
        console.relire,
        name="relire_proposition",
    ),
    path(_ATELIER + "propositions/<int:proposition_id>/masquer/", console.masquer, name="masquer_proposition"),
    path(
        _ATELIER + "propositions/<int:proposition_id>/preciser/",
        precisions.demander_precision,
        name="demander_precision",
    ),
    path(
        _ATELIER + "propositions/<int:proposition_id>/ne-plus-demander/",
        precisions.retirer_precision,
        name="retirer_precision",
    ),
    path(_ATELIER + "suggestions/appliquer/", suggestions.appliquer, name="appliquer_suggestion"),
    path(_ATELIER + "suggestions/laisser/", suggestions.laisser, name="laisser_suggestion"),
    path(_ATELIER + "suggestions/reprendre/", suggestions.reprendre, name="reprendre_suggestion"),
    path(_ATELIER + "deroule/", deroule.deroule, name="modifier_deroule"),
    path(_ATELIER + "deroule/ajouter/", deroule.ajouter, name="ajouter_etape"),
    re_path(
        _ETAPE + r"(?P<acte>modifier|monter|descendre|retirer)/$", deroule.changer_etape, name="changer_etape"
    ),
    path(_ATELIER + "regrouper/", regroupement.regroupement, name="regroupement"),
    path(_ATELIER + "regrouper/joindre/", regroupement.regrouper, name="regrouper"),
    path(_ATELIER + "regrouper/semer/", regroupement.semer, name="semer_orphelines"),
    path(_ATELIER + "regrouper/<int:regroupement_id>/defaire/", regroupement.defaire, name="defaire_regroupement"),
    re_path(
        r"^animer/(?P<atelier_id>\d{1,15})/pistes/(?P<piste_id>\d{1,15})/(?P<acte>formuler|ecarter|reprendre)/$",
        regroupement.agir_piste,
        name="changer_piste",
    ),
    path(_ATELIER + "liste/", pleniere.liste, name="liste_pleniere"),
    path(_ATELIER + "liste/prendre/", pleniere.prendre, name="prendre_pistes"),
    path(_ATELIER + "liste/regrouper/", pleniere.regrouper, name="regrouper_liste"),
    re_path(
        r"^animer/(?P<atelier_id>\d{1,15})/liste/(?P<piste_id>\d{1,15})/(?P<acte>monter|descendre|placer|enlever)/$",
        pleniere.changer,
        name="changer_liste",
    ),
    path("projeter/<str:code>/", projection.projection, name="projection"),
]
