from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContenusConfig(AppConfig):
    name = "contenus"
    verbose_name = _("Contenus")
