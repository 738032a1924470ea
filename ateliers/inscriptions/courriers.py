"""The letter of someone who is registered: when, where, which workshops, which code; and its calendar file."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from ..models import Adresse, Place


def confirmation(personne):
    """Return the EmailMessage for someone who left an address, or None."""
    adresse = Adresse.objects.filter(participant=personne).first()
    if adresse is None or personne.efface_le is not None:
        return None
    consultation = personne.consultation
    contexte = {
        "personne": personne,
        "consultation": consultation,
        "places": _places(personne),
        "attentes": personne.attentes.select_related("atelier__espace"),
        "page": f"{settings.URL_PUBLIQUE}/m/{personne.code_personnel}/",
        "jusqu_au": adresse.jusqu_au,
    }
    sujet = _("Votre inscription : %(titre)s") % {"titre": consultation.titre}
    lettre = EmailMessage(
        " ".join(sujet.splitlines()),
        render_to_string("ateliers/courriers/confirmation.txt", contexte),
        to=[adresse.courriel],
    )
    if consultation.debut:
        lettre.attach("rendez-vous.ics", calendrier(personne), "text/calendar")
    return lettre


def calendrier(personne):
    """Return the bytes of the calendar file (RFC 5545): the event, and each workshop with its room."""
    consultation = personne.consultation
    calendrier = Calendar()
    calendrier.add("prodid", "-//Germoir//FR")
    calendrier.add("version", "2.0")
    if consultation.debut:
        fin = (consultation.fin or consultation.debut) + timedelta(days=1)
        calendrier.add_component(
            _evenement(f"c{consultation.pk}", consultation.titre, consultation.debut, fin, consultation.lieu)
        )
    for place in _places(personne):
        atelier = place.atelier
        lieu = ", ".join(filter(None, [atelier.salle and atelier.salle.nom, consultation.lieu]))
        calendrier.add_component(
            _evenement(f"a{atelier.pk}", atelier.titre, atelier.debut, atelier.temps.fin, lieu)
        )
    return calendrier.to_ical()


def _places(personne):
    places = Place.objects.filter(participant=personne).select_related("atelier__espace", "atelier__temps")
    return places.select_related("atelier__salle").order_by("atelier__temps__debut", "pk")


def _evenement(cle, titre, debut, fin, lieu):
    evenement = Event()
    evenement.add("uid", f"{cle}@{settings.URL_PUBLIQUE.split('//')[-1]}")
    evenement.add("dtstamp", timezone.now())
    evenement.add("summary", titre)
    evenement.add("dtstart", debut)
    evenement.add("dtend", fin)
    if lieu:
        evenement.add("location", lieu)
    return evenement
