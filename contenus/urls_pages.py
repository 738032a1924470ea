from django.urls import path

from .views import pages

urlpatterns = [
    path("rapporter/<int:synthese_id>/page/", pages.synthese_vers_page, name="synthese_vers_page"),
    path("fil-info/flux.xml", pages.FluxFilInfo(), name="flux"),
]
