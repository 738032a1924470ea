"""ASGI entry point: HTTP to Django past the fast lane, WebSocket to the live rooms (by token, no session)."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plateforme.settings")
django_application = get_asgi_application()

from ateliers.direct.routes import websocket_urlpatterns  # noqa: E402  (needs the app registry)
from ateliers.voie.application import VoieRapide  # noqa: E402
from ateliers.voie.fichiers import FichiersGardes  # noqa: E402
from plateforme.depots import Bornes  # noqa: E402
from plateforme.portier import Origines, refuser  # noqa: E402
from plateforme.service import FilsGardes, Vie  # noqa: E402

http = FichiersGardes(FilsGardes(django_application))
if settings.VOIE_RAPIDE:
    http = VoieRapide(http)
http = Bornes(http)

application = ProtocolTypeRouter(
    {
        "http": http,
        "lifespan": Vie(http),
        "websocket": Origines(
            URLRouter([*websocket_urlpatterns, re_path("", refuser)]), allowed_origins=settings.ALLOWED_HOSTS
        ),
    }
)
