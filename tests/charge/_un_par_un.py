"""The product whose writer commits each ballot alone: what batches are compared with."""

from consultation import guichet
from plateforme.asgi import application

__all__ = ["application"]

guichet.ouvrir(lot=1)  # the lifespan then finds it open
