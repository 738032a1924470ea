"""A forum of the tests: open, its phases placed around now, its people come in by a card."""

from datetime import timedelta

from django.utils import timezone

from consultation import actions
from consultation.models import Phase
from tests import fabriques as f

COLLEGES = [
    ("habitants", "Habitants"),
    ("salaries", "Salariés"),
    ("permanents", "Employeurs"),
]


def creer_forum(*ouvertes, **champs):
    """A forum in which the phases named are open for a day; return it."""
    champs.setdefault("titre", "Travailler ici")
    consultation = f.creer_consultation(colleges=False, **champs)
    for ordre, (signe, nom) in enumerate(COLLEGES):
        consultation.colleges.create(signe=signe, nom=nom, nom_court=nom, ordre=ordre)
    question = "Qu’est-ce qui vous aiderait à travailler ici ?"
    forum = actions.preparer_forum(consultation=consultation, question=question, par=None)
    for nature in ouvertes:
        poser_phase(forum, nature)
    consultation.refresh_from_db()
    forum.consultation = consultation
    return forum


def poser_phase(forum, nature, fin=timedelta(days=1)):
    """A phase that began ten days ago and ends `fin` from now."""
    maintenant = timezone.now()
    return Phase.objects.create(
        consultation=forum.consultation,
        nature=nature,
        debut=maintenant - timedelta(days=10),
        fin=maintenant + fin,
    )


def creer_code(forum):
    lot = actions.tirer_cartes(consultation=forum.consultation, libelle="Mairie", nombre=1, par=None)
    return lot.codes.get()


def entrer(forum, signe="habitants", accord=True, **champs):
    """Someone who came in with a card of their own, and agrees to be published."""
    champs.setdefault("code", creer_code(forum))
    return actions.entrer_au_forum(
        consultation=forum.consultation,
        college=f.college(forum.consultation, signe),
        accord_publication=accord,
        origine="carte",
        **champs,
    )


def proposer(forum, texte="Un minibus le matin entre les villages.", participant=None, affichee=True, **champs):
    """A proposition written in the forum, shown unless told otherwise."""
    participant = participant or entrer(forum)
    proposition = actions.proposer_au_forum(
        consultation=forum.consultation, participant=participant, texte=texte, **champs
    )
    if affichee:
        actions.moderer(texte=proposition, sens="affichee", par=None)
        proposition.refresh_from_db()
    return proposition
