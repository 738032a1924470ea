from django.urls import include, path

from .views import bord, jour, personne, reunion

app_name = "immersions"
une = [
    path("", personne.moi, name="moi"),
    path("demander/", personne.demander, name="demander"),
    path("tablette/", jour.tablette, name="tablette"),
    path("jour/<str:code>/", jour.jour, name="jour"),
    path("jour/<str:code>/convention.pdf", jour.convention, name="jour_convention"),
    path("<int:immersion>/signer/", personne.signer, name="signer"),
    path("<int:immersion>/arreter/", personne.arreter, name="arreter"),
    path("<int:immersion>/effacer/", personne.effacer, name="effacer"),
    path("<int:immersion>/<slug:document>.pdf", personne.document, name="document"),
    path("bord/", bord.bord, name="bord"),
    path("ordre-du-jour/<int:ordre>/", reunion.ordre_du_jour, name="ordre"),
    path("ordre-du-jour/<int:ordre>.pdf", reunion.ordre_pdf, name="ordre_pdf"),
    path("bord.pdf", bord.pdf, name="bord_pdf"),
    path("bord.xlsx", bord.tableur, name="bord_xlsx"),
]
urlpatterns = [path("immersions/<slug:slug>/", include(une))]
