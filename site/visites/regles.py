"""What holds for a visit whatever the screen: who prepares it, when one may ask, when its report may be read."""

from django.db.models import Q
from django.utils import timezone

from consultation import regles
from consultation.models import Consultation

from .models import Demande, Visite


def peut_preparer(compte, consultation):
    """Offer visits, register people, give the places, publish the reports: the organisers."""
    return regles.est_organisateur(compte, consultation)


def est_passee(visite):
    """True once it has begun: nobody asks any more, and what was seen can be told."""
    return visite.debut <= timezone.now()


def prend_des_demandes(visite):
    """True while people may ask to come."""
    ouverte = visite.etat == Visite.Etat.OUVERTE and visite.consultation.etat != Consultation.Etat.CLOSE
    return ouverte and not est_passee(visite)


def places_en_meme_temps(visite, personnes):
    """The places that `personnes` hold in other visits of the same hours."""
    return Demande.objects.filter(
        ~Q(visite=visite.pk),
        participant__in=personnes,
        etat=Demande.Etat.PLACE,
        visite__debut__lt=visite.fin,
        visite__fin__gt=visite.debut,
    ).exclude(visite__etat=Visite.Etat.ANNULEE)


def groupe_d_accord(oui, visiteurs):
    """True when more than half of the visitors said yes: silence is not a yes."""
    return 2 * oui > visiteurs


def publiable(visite):
    """True while the enterprise and the group both agree to the report as it is written. One query."""
    groupe = visite.demandes.filter(etat=Demande.Etat.PLACE)
    return visite.accord_entreprise is True and groupe_d_accord(groupe.filter(accord=True).count(), groupe.count())
