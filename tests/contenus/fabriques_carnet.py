"""A two-day seminar with its half-days, workshops and axes, for booklets and personal pages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ateliers.models import Atelier, Place, Salle, Temps
from consultation.models import Axe, College, Consultation, Espace, Participant, Territoire

PARIS = ZoneInfo("Europe/Paris")
COLLEGES = [("salaries", "Salariés en parcours"), ("permanents", "Permanents")]
DEMI_JOURNEES = [
    ("Planter le décor", "d-1", 13, (9, 30), (12, 30)),
    ("Faire germer des idées", "d-2", 13, (14, 0), (17, 30)),
    ("Faire fructifier des propositions", "d-3", 14, (9, 0), (12, 30)),
    ("Semer l’avenir", "d-4", 14, (13, 30), (16, 0)),
]


def seminaire(titre="Nos missions, nos métiers", slug="seminaire-essai", **champs):
    territoire, _cree = Territoire.objects.get_or_create(nom="Trois Rives", niveau="region")
    dates = {"debut": date(2026, 10, 13), "fin": date(2026, 10, 14)}
    consultation = Consultation.objects.create(
        titre=titre,
        slug=slug,
        **{"territoire": territoire, "lieu": "Port-Clair", "etat": "ouverte", **dates, **champs},
    )
    for ordre, (signe, nom) in enumerate(COLLEGES):
        College.objects.create(consultation=consultation, signe=signe, nom=nom, nom_court=nom, ordre=ordre)
    Axe.objects.create(
        consultation=consultation,
        titre="Apprendre et transmettre",
        chapeau="On apprend mieux à deux. Ce temps est reconnu.",
    )
    return consultation


def programme(consultation):
    """Four half-days over two days; return the workshop "Apprendre à deux" of the second."""
    for ordre, (titre, picto, quantieme, debut, fin) in enumerate(DEMI_JOURNEES):
        Temps.objects.create(
            consultation=consultation,
            titre=titre,
            picto=picto,
            ordre=ordre,
            debut=datetime(2026, 10, quantieme, *debut, tzinfo=PARIS),
            fin=datetime(2026, 10, quantieme, *fin, tzinfo=PARIS),
        )
    return atelier(consultation)


def atelier(consultation, titre="Apprendre à deux", rang=1, **champs):
    espace = Espace.objects.create(
        consultation=consultation, titre=titre, question="Qu’est-ce qui aide à apprendre ?"
    )
    salle, _cree = Salle.objects.get_or_create(consultation=consultation, nom="Salle Tilleul")
    temps = consultation.temps.get(ordre=rang)
    return Atelier.objects.create(espace=espace, temps=temps, salle=salle, **champs)


def personne(consultation, prenom="Sonia", signe="salaries", ateliers=(), **champs):
    participant = Participant.objects.create(
        consultation=consultation, college=consultation.colleges.get(signe=signe), prenom=prenom, **champs
    )
    for un_atelier in ateliers:
        Place.objects.create(atelier=un_atelier, participant=participant)
    return participant
