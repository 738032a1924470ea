from django.urls import path

from .views import abonnement

app_name = "courrier"
urlpatterns = [
    path("courrier/", abonnement.abonner, name="abonner"),
    path("courrier/<str:cle>/", abonnement.choix, name="choix"),
    path("courrier/<str:cle>/arreter/", abonnement.arreter, name="arreter"),
]
