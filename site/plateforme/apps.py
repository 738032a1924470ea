from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlateformeConfig(AppConfig):
    name = "plateforme"
    verbose_name = _("Plateforme")
