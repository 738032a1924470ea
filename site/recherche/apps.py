from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class RechercheConfig(AppConfig):
    name = "recherche"
    verbose_name = _("Recherche")

    def ready(self):
        from . import gardes

        pre_migrate.connect(gardes.lever, sender=self)
        post_migrate.connect(gardes.poser, sender=self)
