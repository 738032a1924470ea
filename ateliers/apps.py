from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AteliersConfig(AppConfig):
    name = "ateliers"
    verbose_name = _("Ateliers")

    def ready(self):
        from consultation.signaux import espace_modifie, participant_efface

        espace_modifie.connect(faire_avancer, dispatch_uid="ateliers.faire_avancer")
        participant_efface.connect(oublier, dispatch_uid="ateliers.oublier")


def faire_avancer(sender, espace_id, **kwargs):
    """What is said or counted in an espace shows in its room; a forum's espace has none, and nothing happens."""
    from .annonces import avancer
    from .models import Atelier

    for atelier_id in Atelier.objects.filter(espace_id=espace_id).order_by().values_list("pk", flat=True):
        avancer(atelier_id)


def oublier(sender, participant_id, **kwargs):
    """Someone forgotten leaves no e-mail, and waits for no seat."""
    from .models import Adresse, Attente

    Adresse.objects.filter(participant=participant_id).delete()
    Attente.objects.filter(participant=participant_id).delete()
