"""A visit as a calendar file (RFC 5545): a change or a cancellation takes the place of what was kept before."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from contenus.carnet.carres import adresse_de

from .models import Visite


def calendrier(visite):
    """Return the bytes of the file. Its SEQUENCE rises with each change."""
    annulee = visite.etat == Visite.Etat.ANNULEE
    evenement = Event()
    evenement.add("uid", f"v{visite.pk}@{settings.URL_PUBLIQUE.split('//')[-1]}")
    evenement.add("dtstamp", timezone.now())
    evenement.add("sequence", visite.edition)
    evenement.add("summary", visite.entreprise)
    evenement.add("dtstart", visite.debut)
    evenement.add("dtend", visite.fin)
    evenement.add("location", visite.lieu)
    evenement.add("description", "\n\n".join(filter(None, [visite.motif, visite.a_voir, visite.acces])))
    evenement.add("url", adresse_de(reverse("visites:visite", args=[visite.consultation.slug, visite.pk])))
    evenement.add("status", "CANCELLED" if annulee else "CONFIRMED")
    calendrier = Calendar()
    calendrier.add("prodid", "-//Germoir//FR")
    calendrier.add("version", "2.0")
    calendrier.add("method", "CANCEL" if annulee else "PUBLISH")
    calendrier.add_component(evenement)
    return calendrier.to_ical()
