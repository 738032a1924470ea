from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitesConfig(AppConfig):
    name = "visites"
    verbose_name = _("Visites d’entreprises")

    def ready(self):
        from consultation.signaux import participant_efface, personnes_oubliees

        participant_efface.connect(rendre_les_places, dispatch_uid="visites.rendre_les_places")
        personnes_oubliees.connect(oublier_les_demandes, dispatch_uid="visites.oublier_les_demandes")


def rendre_les_places(sender, participant, **kwargs):
    """Someone is forgotten: their places go to who waits."""
    from .actions.demandes import servir
    from .models import Demande, Visite

    siennes = list(Visite.objects.filter(demandes__participant=participant).order_by("pk"))
    Demande.objects.filter(participant=participant).delete()
    for visite in siennes:
        servir(visite)


def oublier_les_demandes(sender, consultation, **kwargs):
    """The day said for the data of a consultation has passed: nothing says any more who went where."""
    from .models import Demande

    Demande.objects.filter(visite__consultation=consultation).delete()
