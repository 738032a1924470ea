"""ASGI entry point: HTTP to Django, WebSocket to the live rooms. Sockets carry a signed token, no session."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plateforme.settings")
django_application = get_asgi_application()

from ateliers.direct.routes import websocket_urlpatterns  # noqa: E402  (needs the app registry)
from plateforme.service import FilsGardes, vie  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": FilsGardes(django_application),
        "lifespan": vie,
        "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
    }
)
