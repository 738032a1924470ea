from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AteliersConfig(AppConfig):
    name = "ateliers"
    verbose_name = _("Ateliers")

    def ready(self):
        from consultation.signaux import espace_modifie

        espace_modifie.connect(faire_avancer, dispatch_uid="ateliers.faire_avancer")


def faire_avancer(sender, espace_id, **kwargs):
    """What is said or counted in an espace shows in its room; a forum's espace has none, and nothing happens."""
    from .annonces import avancer
    from .models import Atelier

    for atelier_id in Atelier.objects.filter(espace_id=espace_id).order_by().values_list("pk", flat=True):
        avancer(atelier_id)
