"""ASGI entry point: HTTP to Django, WebSocket to the live rooms. Sockets carry a signed token, no session."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plateforme.settings")
django_application = get_asgi_application()

from ateliers.direct.routes import websocket_urlpatterns  # noqa: E402  (needs the app registry)
from plateforme.portier import Origines, refuser  # noqa: E402
from plateforme.service import FilsGardes, vie  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": FilsGardes(django_application),
        "lifespan": vie,
        "websocket": Origines(
            URLRouter([*websocket_urlpatterns, re_path("", refuser)]), allowed_origins=settings.ALLOWED_HOSTS
        ),
    }
)
