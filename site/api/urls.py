from django.urls import path

from . import views
from .routes import api

app_name = "api"
#: Those that the library routes, less the root it answers for itself.
_lues = [motif for motif in api.urls[0] if motif.name != "api-root"]
for _motif in _lues:
    _motif.callback = views.ouverte(_motif.callback)
urlpatterns = [
    path("api/", views.page, name="page"),
    path("api/v1/", views.page, name="page-v1"),
    path("api/v1/openapi.json", views.description, name="description"),
    *(path("api/v1/" + str(motif.pattern), motif.callback, name=motif.name) for motif in _lues),
]
