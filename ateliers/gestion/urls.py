from django.urls import path

from . import codes, etapes, importation, inscriptions, programme, publique, suivis, tableau
from .grilles.urls import urlpatterns as grilles

app_name = "gestion_ateliers"
urlpatterns = [
    *grilles,
    path("temps/habituels/", programme.PoserDemiJournees.as_view(), name="temps_habituels"),
    path("temps/<int:pk>/copier/", tableau.CopierTemps.as_view(), name="temps_copier"),
    *programme.RubriqueTemps().urls(),
    *programme.RubriqueSalles().urls(),
    *programme.RubriqueAteliers().urls(),
    path("programme/", tableau.PageProgramme.as_view(), name="programme"),
    path("dupliquer/", tableau.PageDuplication.as_view(), name="dupliquer"),
    path("ateliers/<int:pk>/copier/", tableau.CopierAtelier.as_view(), name="ateliers_copier"),
    path("ateliers/<int:pk>/code/", tableau.NouveauCode.as_view(), name="nouveau_code"),
    path("ateliers/<int:pk>/deroule/", etapes.PageDeroule.as_view(), name="deroule"),
    path("ateliers/<int:pk>/rouvrir/", etapes.RouvrirAtelier.as_view(), name="ateliers_rouvrir"),
    path("ateliers/<int:pk>/deroule/poser/", etapes.PoserDeroule.as_view(), name="poser_deroule"),
    path("ateliers/<int:pk>/deroule/garder/", etapes.GarderDeroule.as_view(), name="garder_deroule"),
    path(
        "ateliers/<int:pk>/deroule/oublier/<int:garde>/", etapes.OublierDeroule.as_view(), name="oublier_deroule"
    ),
    path("ateliers/<int:pk>/etapes/<int:etape>/rouvrir/", etapes.RouvrirEtape.as_view(), name="etape_rouvrir"),
    path("ateliers/<int:pk>/etapes/ajouter/", etapes.PageEtape.as_view(), name="etape_ajouter"),
    path("ateliers/<int:pk>/etapes/<int:etape>/", etapes.PageEtape.as_view(), name="etape"),
    path("ateliers/<int:pk>/etapes/<int:etape>/deplacer/", etapes.DeplacerEtape.as_view(), name="etape_deplacer"),
    path("ateliers/<int:pk>/etapes/<int:etape>/retirer/", etapes.RetirerEtape.as_view(), name="etape_retirer"),
    path("ateliers/<int:pk>/etapes/<int:etape>/vote/", etapes.PageScrutin.as_view(), name="scrutin"),
    path("inscriptions/", inscriptions.ListeInscriptions.as_view(), name="inscriptions"),
    path(
        "inscriptions/resultats/",
        inscriptions.ListeInscriptions.as_view(results_only=True),
        name="inscriptions_resultats",
    ),
    path("inscriptions/ajouter/", inscriptions.PageInscription.as_view(), name="inscription_ajouter"),
    path("inscriptions/exporter/", inscriptions.ExporterInscriptions.as_view(), name="inscriptions_exporter"),
    path("inscriptions/places/", inscriptions.DonnerLesPlaces.as_view(), name="donner_les_places"),
    path("inscriptions/importer/", importation.PageImport.as_view(), name="importer"),
    path("inscriptions/importer/exemple.xlsx", importation.FichierExemple.as_view(), name="exemple"),
    path("inscriptions/importer/colonnes/", importation.PageColonnes.as_view(), name="colonnes"),
    path("inscriptions/importer/mots/", importation.PageMots.as_view(), name="mots"),
    path("inscriptions/importer/apercu/", importation.PageApercu.as_view(), name="apercu"),
    path("inscriptions/<int:pk>/", inscriptions.PageInscription.as_view(), name="inscription"),
    path("inscriptions/<int:pk>/code/", inscriptions.RemettreCode.as_view(), name="remettre_code"),
    path("inscriptions/<int:pk>/effacer/", inscriptions.Effacer.as_view(), name="effacer"),
    path("inscriptions/publique/", publique.PagePublique.as_view(), name="publique"),
    path("inscriptions/publique/accueillir/", publique.Accueillir.as_view(), name="accueillir"),
    path("inscriptions/publique/convoquer/", publique.Convoquer.as_view(), name="convoquer"),
    path("suivis/", suivis.Calendrier.as_view(), name="suivis"),
    path("suivis/ouvrir/", suivis.Ouvrir.as_view(), name="suivis_ouvrir"),
    path("suivis/<int:pk>/", suivis.PageRegion.as_view(), name="suivi"),
    path("suivis/<int:pk>/pistes/", suivis.Emporter.as_view(), name="suivi_emporter"),
    path("suivis/<int:pk>/delai/", suivis.Reporter.as_view(), name="suivi_reporter"),
    path("suivis/<int:pk>/relire/", suivis.Relire.as_view(), name="suivi_relire"),
    path("codes/", codes.PageCodes.as_view(), name="codes"),
    path("codes/imprimes/", codes.CodesImprimes.as_view(), name="codes_imprimes"),
]
