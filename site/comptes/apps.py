from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ComptesConfig(AppConfig):
    name = "comptes"
    verbose_name = _("Comptes")

    def ready(self):
        from .roles import creer_groupes

        post_migrate.connect(creer_groupes, dispatch_uid="comptes.creer_groupes")
