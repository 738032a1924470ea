from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImmersionsConfig(AppConfig):
    name = "immersions"
    verbose_name = _("Immersions")

    def ready(self):
        from . import ecoutes

        ecoutes.brancher()
