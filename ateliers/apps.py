from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AteliersConfig(AppConfig):
    name = "ateliers"
    verbose_name = _("Ateliers")

    def ready(self):
        from django.db.models.signals import post_delete

        from consultation.models import Mandat
        from consultation.signaux import espace_modifie, participant_efface, personnes_oubliees

        from .annonces import faire_avancer

        espace_modifie.connect(faire_avancer, dispatch_uid="ateliers.faire_avancer")
        post_delete.connect(reprendre_la_console, sender=Mandat, dispatch_uid="ateliers.reprendre_la_console")
        participant_efface.connect(oublier, dispatch_uid="ateliers.oublier")
        personnes_oubliees.connect(oublier_les_adresses, dispatch_uid="ateliers.oublier_les_adresses")
        participant_efface.connect(rendre_les_places, dispatch_uid="ateliers.rendre_les_places")


def oublier(sender, participant, **kwargs):
    """Someone forgotten leaves no e-mail, and waits for no seat."""
    from .models import Adresse, Attente

    Adresse.objects.filter(participant=participant).delete()
    Attente.objects.filter(participant=participant).delete()


def oublier_les_adresses(sender, consultation, **kwargs):
    """The day said for the data of a consultation has passed: no e-mail, no request for a seat is left."""
    from .models import Adresse, Attente, Demande

    Adresse.objects.filter(participant__consultation=consultation).delete()
    Attente.objects.filter(participant__consultation=consultation).delete()
    Demande.objects.filter(consultation=consultation).delete()


def rendre_les_places(sender, participant, anonyme, **kwargs):
    """Someone is forgotten: seats kept go to who waits, rooms they came into still count one person."""
    from consultation.actions.effacement import numero_sans_ordre

    from .actions import donner_les_places
    from .annonces import reprendre_acces
    from .models import Atelier, Place

    places = list(Place.objects.filter(participant=participant).select_related("atelier__temps"))
    Place.objects.filter(participant=participant).delete()
    for place in places:
        if place.entre_le is not None:
            debut = place.atelier.temps.debut
            sans_nom = Place.objects.create(
                pk=numero_sans_ordre(), atelier=place.atelier, participant=anonyme, entre_le=debut
            )
            Place.objects.filter(pk=sans_nom.pk).update(reservee_le=debut)
    reprendre_acces(Atelier.objects.filter(pk__in=[place.atelier_id for place in places]))
    donner_les_places(consultation=participant.consultation, par=None)


def reprendre_la_console(sender, instance, **kwargs):
    """A mandate ends, whoever ends it: the consoles it opened are looked at again."""
    from .annonces import reprendre_acces
    from .models import Atelier

    siens = Atelier.objects.filter(espace__consultation=instance.consultation_id)
    reprendre_acces(siens.filter(espace=instance.espace_id) if instance.espace_id else siens)
