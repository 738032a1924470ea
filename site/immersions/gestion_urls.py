from django.urls import path

from .views import dossier, gestion, reunion

app_name = "gestion_immersions"
_un = "<int:immersion>/"
urlpatterns = [
    path("", gestion.Accueil.as_view(), name="accueil"),
    path("conventions.pdf", gestion.Conventions.as_view(), name="conventions"),
    path("attentes/", gestion.Attentes.as_view(), name="attentes"),
    path("reglages/", gestion.Reglages.as_view(), name="reglages"),
    path("demander/", gestion.Demander.as_view(), name="demander"),
    path("trimestre/", gestion.ArreterTrimestre.as_view(), name="trimestre"),
    path("reunion/", reunion.Reunion.as_view(), name="reunion"),
    path("besoins/noter/", reunion.NoterBesoin.as_view(), name="besoin_noter"),
    path("besoins/<int:besoin>/retirer/", reunion.RetirerBesoin.as_view(), name="besoin_retirer"),
    path("entreprises/", gestion.Entreprises.as_view(), name="entreprises"),
    path("entreprises/ajouter/", gestion.FicheEntreprise.as_view(), name="entreprise_ajouter"),
    path("entreprises/<int:entreprise>/", gestion.FicheEntreprise.as_view(), name="entreprise"),
    path("entreprises/<int:entreprise>/fermer/", gestion.FermerEntreprise.as_view(), name="entreprise_fermer"),
    path(_un, dossier.Dossier.as_view(), name="dossier"),
    path(f"{_un}entretien/", dossier.Entretien.as_view(), name="entretien"),
    path(f"{_un}lieu/", dossier.Lieu.as_view(), name="lieu"),
    path(f"{_un}demarches/", dossier.Demarcher.as_view(), name="demarcher"),
    path(f"{_un}demarches/<int:demarche>/", dossier.RepondreDemarche.as_view(), name="repondre"),
    path(f"{_un}obstacles/", dossier.NoterObstacle.as_view(), name="obstacle"),
    path(f"{_un}obstacles/<int:obstacle>/lever/", dossier.LeverObstacle.as_view(), name="lever"),
    path(f"{_un}code/", dossier.DonnerUnCode.as_view(), name="code"),
    path(f"{_un}papier/", dossier.Papier.as_view(), name="papier"),
    path(f"{_un}papier/<int:signature>/", dossier.LirePapier.as_view(), name="papier_lire"),
    path(f"{_un}accueil/", dossier.Integrer.as_view(), name="integrer"),
    path(f"{_un}point/", dossier.Pointer.as_view(), name="pointer"),
    path(f"{_un}bilan/", dossier.Bilan.as_view(), name="bilan"),
    path(f"{_un}conclure/", dossier.Conclure.as_view(), name="conclure"),
    path(f"{_un}relancer/", dossier.Relancer.as_view(), name="relancer"),
    path(f"{_un}<slug:document>.pdf", dossier.Document.as_view(), name="document"),
]
