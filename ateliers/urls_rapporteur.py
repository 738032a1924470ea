from django.urls import path, re_path

from .views.rapporteur import listes, pistes, synthese, versions
from .views.rapporteur.actes import ACTES

_ACTES = "|".join(ACTES)

urlpatterns = [
    path("rapporter/", listes.liste, name="rapporter"),
    path("rapporter/nouvelle/", listes.nouvelle, name="nouvelle_synthese"),
    path("rapporter/pistes/<int:espace_id>/", pistes.pistes, name="rapporter_pistes"),
    re_path(
        r"^rapporter/pistes/(?P<espace_id>\d{1,15})/(?P<piste_id>\d{1,15})/"
        r"(?P<acte>formuler|retenir|ecarter|reprendre)/$",
        pistes.agir_piste,
        name="agir_piste",
    ),
    path("rapporter/<int:synthese_id>/", synthese.synthese, name="synthese"),
    path("rapporter/<int:synthese_id>/versions/", versions.versions, name="versions_synthese"),
    path("rapporter/<int:synthese_id>/derniere/", versions.derniere_version, name="derniere_version"),
    re_path(
        rf"^rapporter/(?P<synthese_id>\d{{1,15}})/(?P<acte>{_ACTES})/(?:(?P<objet_id>\d{{1,15}})/)?$",
        synthese.agir_synthese,
        name="agir_synthese",
    ),
]
