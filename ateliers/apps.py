from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AteliersConfig(AppConfig):
    name = "ateliers"
    verbose_name = _("Ateliers")

    def ready(self):
        from consultation.signaux import espace_modifie, participant_efface

        from .annonces import faire_avancer

        espace_modifie.connect(faire_avancer, dispatch_uid="ateliers.faire_avancer")
        participant_efface.connect(oublier, dispatch_uid="ateliers.oublier")


def oublier(sender, participant_id, **kwargs):
    """Someone forgotten leaves no e-mail, and waits for no seat."""
    from .models import Adresse, Attente

    Adresse.objects.filter(participant=participant_id).delete()
    Attente.objects.filter(participant=participant_id).delete()
