from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AteliersConfig(AppConfig):
    name = "ateliers"
    verbose_name = _("Ateliers")

    def ready(self):
        from consultation.signaux import espace_modifie

        from .annonces import faire_avancer

        espace_modifie.connect(faire_avancer, dispatch_uid="ateliers.faire_avancer")
