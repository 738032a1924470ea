from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PassantsConfig(AppConfig):
    name = "passants"
    verbose_name = _("Passants")

    def ready(self):
        from . import gardes

        pre_migrate.connect(gardes.lever, sender=self)
        post_migrate.connect(gardes.poser, sender=self)
