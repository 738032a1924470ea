from django.urls import path

from .views import abonnement, page

app_name = "courrier"
urlpatterns = [
    path("courrier/", abonnement.abonner, name="abonner"),
    path("courrier/page/<int:page_id>/", page.envoyer_page, name="envoyer-page"),
    path("courrier/<str:cle>/", abonnement.choix, name="choix"),
    path("courrier/<str:cle>/arreter/", abonnement.arreter, name="arreter"),
]
