"""The questionnaire that opened the seminar of Domont: 110 people on their phones, 40 sheets keyed in."""

import random
from itertools import groupby

from ateliers import actions as actions_ateliers
from ateliers.models import Atelier, Etape
from consultation import actions, questions
from consultation.models import Grille

from . import recits
from .horloge import a_la_date, jour_a

TITRE, SUITE = "Avant le séminaire : la grille commune", "Qu’avez-vous pensé de ces journées ?"
TELEPHONES, FEUILLES = 110, 40
#: Who says what of the missions being known, today and tomorrow, the best first: weights of the four words.
CONNUES = {"aujourdhui": (1, 4, 9, 6), "demain": (10, 7, 2, 1)}
ROLES = {
    "salaries": "personne_en_parcours",
    "permanents": "permanent_dune_structure",
    "administrateurs": "benevole_ou_administrateur",
    "partenaires": "partenaire_ou_elu",
}


def poser(equipe, seminaire):
    """Create the questionnaire and its answers, closed, and another one still open; return the Grilles."""
    deja = list(Grille.objects.filter(consultation=seminaire).order_by("pk"))
    if deja:
        return deja
    with a_la_date(jour_a(-6, 9)):
        grille = _mettre_en_ligne(equipe, seminaire, "seminaire", TITRE)
        _repondre(grille, equipe)
        actions.clore_grille(grille=grille, par=equipe.organisation)
    with a_la_date(jour_a(-5, 9)):
        actions.compter_grille(grille=grille, par=equipe.organisation)
    suite = _mettre_en_ligne(equipe, seminaire, "satisfaction", SUITE)
    _placer_a_la_fin(suite, seminaire, equipe)
    return [grille, suite]


def _placer_a_la_fin(grille, seminaire, equipe):
    """The last plenary ends with it."""
    par = equipe.organisation
    siennes = Atelier.objects.filter(espace__consultation=seminaire, nature=Atelier.Nature.PLENIERE)
    pleniere = siennes.order_by("-temps__debut").first()
    actions.placer_grille(grille=grille, espace=pleniere.espace, par=par)
    actions_ateliers.ajouter_etape(
        atelier=pleniere,
        nature=Etape.Nature.GRILLE,
        titre="Dire ce qu’on en pense",
        consigne="Sept questions, sur votre téléphone.",
        duree=5,
        par=par,
    )


def _mettre_en_ligne(equipe, seminaire, cle, titre):
    modele, par = questions.modeles()[cle], equipe.organisation
    grille = actions.creer_grille(
        consultation=seminaire,
        titre=titre,
        chapeau=modele.chapeau,
        contenu=modele.structure.en_donnees(),
        par=par,
    )
    actions.mettre_en_ligne(grille=grille, par=par)
    grille.refresh_from_db()
    return grille


def _repondre(grille, equipe):
    hasard, paroles = random.Random(TITRE), _paroles()
    structure = questions.modeles()["seminaire"].structure
    gens = list(grille.consultation.participants.select_related("college").order_by("pk"))
    for personne in gens[:TELEPHONES]:
        copie = actions.commencer_grille(grille=grille, participant=personne)
        reponses = _reponses(structure, personne.college, paroles, hasard)
        actions.repondre(copie=copie, participant=personne, reponses=reponses)
        actions.envoyer_grille(copie=copie, participant=personne)
    for rang, personne in enumerate(hasard.sample(gens, FEUILLES)):
        actions.saisir_copie(
            grille=grille,
            college=personne.college,
            reponses=_reponses(structure, personne.college, paroles, hasard),
            cle=f"demo-feuille-{rang}",
            par=equipe.animation,
        )


def _paroles():
    """Return {question/case: sentences} of textes/grille.txt."""
    lues = (ligne.split(" ", 1) for ligne in sorted(recits.phrases("grille")))
    return {place: [texte for _place, texte in groupe] for place, groupe in groupby(lues, key=lambda lue: lue[0])}


def _reponses(structure, college, paroles, hasard):
    """What one person answers: always the boxes of who they are and of what is known, the rest when they like."""
    reponses = {"q1": {"": ROLES[college.signe]}}
    reponses["q4"] = {
        quand: hasard.choices(structure.question("q4").reponses, poids)[0] for quand, poids in CONNUES.items()
    }
    if hasard.random() < 0.9:
        reponses["q5"] = {"": hasard.sample(structure.question("q5").reponses, 3)}
    if hasard.random() < 0.9:
        reponses["q7"] = {"": hasard.sample(structure.question("q7").reponses, hasard.randint(1, 3))}
    for place, phrases in paroles.items():
        cle, _barre, case = place.partition("/")
        if hasard.random() < 0.35:
            reponses.setdefault(cle, {})[case] = hasard.choice(phrases)
    return reponses
