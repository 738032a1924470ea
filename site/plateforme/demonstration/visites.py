"""Six visits around the seminar of Domont, each in another state, from the offer to the published report."""

import random
from dataclasses import dataclass
from datetime import timedelta

from consultation import actions as actes
from consultation import questions
from consultation.models import Espace
from visites import actions
from visites.models import Demande, Visite

from . import recits
from .horloge import a_la_date, jour_a, moment_ouvre

COMMUNE = "Après une visite : ce que nous avons vu"


@dataclass(frozen=True)
class Offre:
    """`jour`: from today; `demandes`: how many ask."""

    entreprise: str
    a_voir: str
    lieu: str
    jour: int
    places: int
    demandes: int
    a_repartir: bool = False


PUBLIEE = Offre(
    "La Recyclerie du Grand Pré",
    "Le tri des textiles et l’atelier où chacun forme la personne qui arrive après.",
    "12 chemin du Grand-Pré, Beaumont",
    -16,
    8,
    8,
)
A_PUBLIER = Offre(
    "Les Jardins de l’Écluse",
    "Deux hectares de légumes, la vente au marché, la réunion du lundi où tout le monde parle.",
    "Chemin de halage, L’Isle-Adam",
    -9,
    10,
    7,
)
ANNULEE = Offre(
    "Menuiserie du Vexin",
    "Les machines, et comment on apprend à s’en servir sans danger.",
    "Zone des Aulnes, Magny",
    12,
    6,
    4,
)
OUVERTE = Offre(
    "Ressourcerie des Deux Rives",
    "La boutique, les livraisons et le planning que les salariés font eux-mêmes.",
    "4 quai de la Marne, Persan",
    14,
    12,
    5,
)
COMPLETE = Offre(
    "Cuisine Centrale du Plateau",
    "Six cents repas par jour, de la commande à la livraison. Chaussures fermées.",
    "Rue des Écoles, Domont",
    20,
    6,
    9,
)
A_REPARTIR = Offre(
    "Lavanderie Claire",
    "Le linge de quatre hôtels, et un certificat préparé sur le poste.",
    "8 rue du Lavoir, Sarcelles",
    28,
    8,
    15,
    a_repartir=True,
)


def poser(equipe, seminaire):
    """Create the six visits; return them."""
    deja = list(Visite.objects.filter(consultation=seminaire))
    if deja:
        return deja
    hasard = random.Random(COMMUNE)
    gens = list(seminaire.participants.order_by("pk"))
    visites = {}
    for offre in (PUBLIEE, A_PUBLIER, ANNULEE, OUVERTE, COMPLETE, A_REPARTIR):
        with a_la_date(jour_a(min(-21, offre.jour - 21), 9)):
            visites[offre] = _offrir(offre, seminaire, equipe.organisation)
        with a_la_date(jour_a(min(-3, offre.jour - 4), 10)):
            for personne in hasard.sample(gens, offre.demandes):
                actions.demander(visite=visites[offre], participant=personne)
    with a_la_date(jour_a(-1, 9)):
        motif = "Une machine est en panne. L’entreprise propose une autre date à l’automne."
        actions.annuler(visite=visites[ANNULEE], motif=motif, par=equipe.organisation)
    _raconter(visites[PUBLIEE], visites[A_PUBLIER], seminaire, equipe)
    return list(visites.values())


def _offrir(offre, seminaire, par):
    debut = moment_ouvre(offre.jour, 9, 30)
    visite = Visite(
        consultation=seminaire,
        entreprise=offre.entreprise,
        a_voir=offre.a_voir,
        lieu=offre.lieu,
        acces="Parking sur place. L’entrée est de plain-pied.",
        debut=debut,
        fin=debut + timedelta(hours=2, minutes=30),
        places=offre.places,
        a_repartir=offre.a_repartir,
    )
    return actions.ouvrir(visite=actions.enregistrer_visite(visite=visite, par=par), par=par)


def _raconter(publiee, a_publier, seminaire, equipe):
    """Both past visits are told; the first was agreed to by both sides, the second waits for its enterprise."""
    par = equipe.organisation
    modele = questions.modeles()["visite"]
    with a_la_date(jour_a(-20, 9)):
        commune = actes.creer_grille(
            consultation=seminaire,
            titre=COMMUNE,
            chapeau=modele.chapeau,
            contenu=modele.structure.en_donnees(),
            par=par,
        )
        for visite in (publiee, a_publier):
            actions.preparer_compte_rendu(visite=visite, grille=commune, par=par)
    premier, second = recits.phrases("visites_recits")
    hasard = random.Random(premier)
    with a_la_date(jour_a(-15, 17)):
        _repondre(publiee, hasard)
        _verser(publiee, seminaire, par)
        actes.clore_grille(grille=publiee.grille, par=par)
    with a_la_date(jour_a(-14, 9)):
        actes.compter_grille(grille=publiee.grille, par=par)
    with a_la_date(jour_a(-8, 17)):
        _repondre(a_publier, hasard)
    for visite, recit in ((publiee, premier), (a_publier, second)):
        with a_la_date(jour_a(-7, 10)):
            actions.ecrire_recit(visite=visite, recit=recit.replace(" / ", "\n\n"), par=par)
        with a_la_date(jour_a(-6, 10)):
            for demande in _visiteurs(visite):
                actions.accorder(visite=visite, participant=demande.participant, accord=True)
    with a_la_date(jour_a(-5, 10)):
        actions.accorder_pour_l_entreprise(visite=publiee, accord=True)
        actions.publier(visite=publiee, par=par)


def _visiteurs(visite):
    return visite.demandes.filter(etat=Demande.Etat.PLACE).select_related("participant").order_by("pk")


def _repondre(visite, hasard):
    """Each visitor's phone: the boxes, and one sentence for the first ones."""
    visite.refresh_from_db()
    structure = questions.lire(visite.grille.versions.last().contenu)
    phrases = iter(recits.phrases("visites"))
    for demande in _visiteurs(visite):
        copie = actes.commencer_grille(grille=visite.grille, participant=demande.participant)
        cle, _espace, texte = next(phrases, "").partition(" ")
        reponses = {q.cle: {"": _choisir(q, hasard)} for q in structure.questions if q.reponses}
        if texte:
            reponses[cle] = {"": texte}
        actes.repondre(copie=copie, participant=demande.participant, reponses=reponses)
        actes.envoyer_grille(copie=copie, participant=demande.participant)


def _choisir(question, hasard):
    if question.nature == questions.Nature.PLUSIEURS:
        return hasard.sample(question.reponses, 2)
    return hasard.choice(question.reponses[:2])


def _verser(visite, seminaire, par):
    """Their sentences wait, apart, for a workshop to take them up."""
    espace = Espace(consultation=seminaire, titre="Ce que les visites nous apprennent")
    actes.enregistrer(objet=espace, par=par)
    actions.verser_constats(visite=visite, espace=espace, par=par)
