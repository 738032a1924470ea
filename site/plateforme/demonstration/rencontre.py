"""What comes next in the démarche of Domont: a regional meeting, where people register by themselves."""

from datetime import timedelta

from django.utils import timezone

from ateliers import actions as actions_ateliers
from ateliers.inscriptions.publique import regler_inscription_publique, s_inscrire
from consultation import actions
from consultation.models import Consultation, EtapeDemarche

from . import cadre
from .domont.donnees import COLLEGES
from .horloge import jour_ouvre

SLUG = "rencontre-regionale-pontoise"
#: Eleven people for ten seats, of whom ten want the workshop of six.
PLACES, PLACES_ATELIER = 10, 6
PRENOMS = (
    ("s", "Awa"), ("p", "Denis"), ("a", "Mireille"), ("s", "Tomas"), ("d", "Farah"), ("p", "Lucie"),
    ("s", "Issa"), ("p", "Gwenn"), ("a", "Paul"), ("d", "Rosa"), ("p", "Yann"),
)  # fmt: skip


def poser(equipe, territoires, seminaire):
    """Create the meeting, its open page, its waiting lists, and the stages of both; return the Consultation."""
    deja = Consultation.objects.filter(slug=SLUG).first()
    if deja is not None:
        return deja
    rencontre = _preparer(equipe, territoires, jour_apres(seminaire.fin))
    for consultation in (seminaire, rencontre):
        _etapes(consultation, seminaire, rencontre, equipe)
    return rencontre


def jour_apres(fin):
    """Two months after the seminar, on a day on which people work."""
    return jour_ouvre(fin + timedelta(days=60))


def _preparer(equipe, territoires, jour):
    rencontre = actions.enregistrer(
        objet=Consultation(
            titre="Rencontre régionale : et chez nous ?",
            slug=SLUG,
            chapeau="Une journée pour relire les pistes de Domont, et choisir celles que nous essayons ici.",
            territoire=territoires["Val-d’Oise"],
            lieu="Pontoise",
            debut=jour,
            fin=jour,
            places=PLACES,
        ),
        par=equipe.admin,
    )
    cadre.roles(rencontre, equipe)
    par = equipe.organisation
    lettres = cadre.colleges(rencontre, COLLEGES, par=par)
    matin = timezone.make_aware(timezone.datetime.combine(jour, timezone.datetime.min.time())) + timedelta(hours=9)
    temps = cadre.temps(rencontre, 0, "Relire les pistes", "On choisit ce qu’on essaie.", matin, 180, par=par)
    atelier = actions_ateliers.creer_atelier(
        consultation=rencontre,
        temps=temps,
        titre="Apprendre à deux",
        question="Que pouvons-nous essayer d’ici l’été ?",
        salle=cadre.salle(rencontre, "Salle du marché", PLACES_ATELIER, par=par),
        capacite=PLACES_ATELIER,
        deroule="forum",
        par=par,
    )
    regler_inscription_publique(consultation=rencontre, ouverte=True, jusqu_au=jour - timedelta(days=7), par=par)
    for lettre, prenom in PRENOMS:
        s_inscrire(consultation=rencontre, prenom=prenom, college=lettres[lettre], ateliers=[atelier])
    return rencontre


def _etapes(consultation, seminaire, rencontre, equipe):
    visites = seminaire.debut - timedelta(days=23)
    groupe = seminaire.fin + timedelta(days=20)
    for ordre, champs in enumerate(
        (
            {
                "titre": "Les visites",
                "debut": visites,
                "fin": visites + timedelta(days=1),
                "lieu": "Liège",
                "resume": "Six entreprises ouvrent leurs portes.",
            },
            {
                "titre": "Le séminaire",
                "debut": seminaire.debut,
                "fin": seminaire.fin,
                "lieu": "Domont",
                "resume": "Huit ateliers, deux plénières.",
            },
            {
                "titre": "Le groupe élargi",
                "debut": groupe,
                "lieu": "à distance",
                "resume": "Douze personnes relisent les pistes.",
            },
            {
                "titre": "Les rencontres régionales",
                "debut": rencontre.debut,
                "lieu": "Pontoise, puis ailleurs",
                "resume": "Chaque région dit ce qu’elle essaie.",
            },
        )
    ):
        etape = EtapeDemarche(consultation=consultation, ordre=ordre, **champs)
        actions.enregistrer(objet=etape, par=equipe.organisation)
