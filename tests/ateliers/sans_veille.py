"""The product, whose rooms do not check by themselves that no notice was lost: what arrives came by a notice."""

import plateforme.asgi
from ateliers.direct import hub

hub.VEILLE = 3600
application = plateforme.asgi.application
