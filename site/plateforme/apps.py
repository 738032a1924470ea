from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlateformeConfig(AppConfig):
    name = "plateforme"
    verbose_name = _("Plateforme")

    def ready(self):
        from consultation.signaux import participant_efface

        from .saisies import oublier_quelqu_un

        participant_efface.connect(oublier_quelqu_un, dispatch_uid="plateforme.oublier_quelqu_un")
