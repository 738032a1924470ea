from django.urls import path

from .direct import vues

urlpatterns = [path("a/<str:code>/etat.json", vues.etat, name="etat_direct")]
