"""A room to test the phone in: one seminar, its colleges, one atelier and its steps."""

from datetime import timedelta

from django.utils import timezone

from ateliers.models import Atelier, Etape, Place, Temps
from consultation.models import College, Consultation, Espace, Participant, Piste, Proposition, Territoire

COLLEGES = [
    ("salaries", "Salariés en parcours", "En parcours", "Salariée ou salarié en insertion"),
    ("permanents", "Permanents", "Équipe permanente", "Permanente ou permanent"),
    ("administrateurs", "Administrateurs", "Conseil d’administration", "Administratrice ou administrateur"),
]


def faire_consultation(titre="Séminaire des Trois Rives", slug="trois-rives", **champs):
    territoire, _cree = Territoire.objects.get_or_create(nom="Trois Rives", niveau="region")
    champs = {"etat": "ouverte", "lieu": "Port-Clair", **champs}
    consultation = Consultation.objects.create(titre=titre, slug=slug, territoire=territoire, **champs)
    for ordre, (signe, nom, court, description) in enumerate(COLLEGES):
        College.objects.create(
            consultation=consultation,
            signe=signe,
            nom=nom,
            nom_court=court,
            description=description,
            ordre=ordre,
        )
    return consultation


def faire_atelier(consultation=None, code="K7P4M2", titre="Apprendre et transmettre", **champs):
    consultation = consultation or faire_consultation()
    maintenant = timezone.now()
    temps, _cree = Temps.objects.get_or_create(
        consultation=consultation,
        titre="Faire germer des idées",
        defaults={"debut": maintenant, "fin": maintenant + timedelta(hours=3), "picto": "d-2", "ordre": 2},
    )
    espace = Espace.objects.create(
        consultation=consultation,
        titre=titre,
        question="Qu’est-ce qui vous aiderait à mieux apprendre votre métier ?",
    )
    return Atelier.objects.create(espace=espace, temps=temps, code=code, **champs)


def faire_etapes(atelier, *natures):
    """Create the steps in order; ("ideation", "vote") by default."""
    return [
        Etape.objects.create(
            atelier=atelier, ordre=ordre, nature=nature, titre=Etape.Nature(nature).label, duree=10
        )
        for ordre, nature in enumerate(natures or ("ideation", "vote"), start=1)
    ]


def faire_participant(atelier, signe="salaries", prenom="Sonia", entre=True, **champs):
    consultation = atelier.espace.consultation
    participant = Participant.objects.create(
        consultation=consultation,
        college=consultation.colleges.get(signe=signe),
        prenom=prenom,
        **champs,
    )
    if entre:
        Place.objects.create(atelier=atelier, participant=participant, entre_le=timezone.now())
    return participant


def faire_proposition(atelier, texte, auteur=None, **champs):
    auteur = auteur or faire_participant(atelier)
    return Proposition.objects.create(
        consultation=atelier.espace.consultation,
        espace=atelier.espace,
        auteur=auteur,
        college=auteur.college,
        texte=texte,
        **champs,
    )


def faire_pistes(atelier, nombre, debut=1):
    consultation = atelier.espace.consultation
    return [
        Piste.objects.create(
            consultation=consultation, espace=atelier.espace, numero=numero, texte=f"Une idée numéro {numero}."
        )
        for numero in range(debut, debut + nombre)
    ]
