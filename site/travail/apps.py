from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TravailConfig(AppConfig):
    name = "travail"
    verbose_name = _("Travail de fond")
