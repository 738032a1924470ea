from django.urls import path

from . import acteurs, classeurs, exports, histoire, paroles, preparation, suites

app_name = "gestion"
urlpatterns = [
    path("", preparation.PagePreparation.as_view(), name="preparation"),
    path("etat/", preparation.ChangerEtat.as_view(), name="changer_etat"),
    path("colleges/habituels/", preparation.PoserColleges.as_view(), name="colleges_habituels"),
    *acteurs.RubriqueColleges().urls(),
    *acteurs.RubriqueAxes().urls(),
    *acteurs.RubriqueDemarche().urls(),
    path("equipe/", acteurs.Equipe.as_view(), name="equipe"),
    path("equipe/resultats/", acteurs.Equipe.as_view(results_only=True), name="equipe_resultats"),
    path("equipe/<int:pk>/reprendre/", acteurs.ReprendreMandat.as_view(), name="reprendre_mandat"),
    path("propositions/", paroles.ListePropositions.as_view(), name="propositions"),
    path(
        "propositions/resultats/",
        paroles.ListePropositions.as_view(results_only=True),
        name="propositions_resultats",
    ),
    path("pistes/", paroles.ListePistes.as_view(), name="pistes"),
    path("pistes/resultats/", paroles.ListePistes.as_view(results_only=True), name="pistes_resultats"),
    path("reponses/", suites.ListeSuites.as_view(), name="suites"),
    path("reponses/resultats/", suites.ListeSuites.as_view(results_only=True), name="suites_resultats"),
    path("reponses/piste/<int:piste_id>/", suites.DeciderSuite.as_view(), name="suite_decider"),
    path("reponses/<int:pk>/corriger/", suites.CorrigerSuite.as_view(), name="suite_corriger"),
    path("reponses/<int:pk>/retirer/", suites.RetirerSuite.as_view(), name="suite_retirer"),
    path("journal/", histoire.ListeJournal.as_view(), name="journal"),
    path("journal/resultats/", histoire.ListeJournal.as_view(results_only=True), name="journal_resultats"),
    path("exports/", exports.PageExports.as_view(), name="exports"),
    path("exports/tout/preparer/", classeurs.LancerClasseur.as_view(), name="classeur_lancer"),
    path("exports/tout/<int:classeur>/tout.xlsx", classeurs.FichierDuClasseur.as_view(), name="classeur_fichier"),
]
