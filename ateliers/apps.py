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
        participant_efface.connect(rendre_les_places, dispatch_uid="ateliers.rendre_les_places")


def oublier(sender, participant, **kwargs):
    """Someone forgotten leaves no e-mail, and waits for no seat."""
    from .models import Adresse, Attente

    Adresse.objects.filter(participant=participant).delete()
    Attente.objects.filter(participant=participant).delete()


def rendre_les_places(sender, participant, anonyme, **kwargs):
    """Someone is forgotten: seats kept are given back, rooms they came into still count one person."""
    from consultation.actions.effacement import numero_sans_ordre

    from .annonces import avancer
    from .models import Place

    places = list(Place.objects.filter(participant=participant).select_related("atelier__temps"))
    Place.objects.filter(participant=participant).delete()
    for place in places:
        if place.entre_le is not None:
            debut = place.atelier.temps.debut
            sans_nom = Place.objects.create(
                pk=numero_sans_ordre(), atelier=place.atelier, participant=anonyme, entre_le=debut
            )
            Place.objects.filter(pk=sans_nom.pk).update(reservee_le=debut)
        avancer(place.atelier_id)
