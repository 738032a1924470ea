"""Syntheses and pages of the tests, on top of the people and votes of `tests.fabriques`."""

from consultation import actions as actions_consultation
from consultation.models import LigneSynthese, PhraseSynthese, SectionSynthese, Synthese
from contenus import actions
from contenus.amorce import poser_arborescence
from tests import fabriques

__all__ = [
    "creer_page_publiee",
    "creer_synthese",
    "creer_synthese_votee",
    "poser_arborescence",
    "publier",
    "remplir",
]


def creer_synthese(consultation=None, pistes=(), *, titre="Synthèse de l’essai", axes=1, **champs):
    """A draft with `axes` parts; the pistes are dealt out among them, three to a row."""
    consultation = consultation or fabriques.creer_consultation()
    synthese = Synthese.objects.create(consultation=consultation, titre=titre, **champs)
    pistes = list(pistes)
    for rang in range(axes):
        section = SectionSynthese.objects.create(synthese=synthese, titre=f"Partie {rang + 1}", ordre=rang)
        remplir(section, pistes[rang::axes])
    return synthese


def remplir(section, pistes):
    """Rows of three pistes, and one sentence that rests on the first of each row."""
    for debut in range(0, len(pistes), 3):
        ligne = LigneSynthese.objects.create(
            section=section,
            criteres="Chaque personne est attendue",
            indicateurs="Casier prêt\nUne personne connue",
            ordre=debut,
        )
        ligne.pistes.set(pistes[debut : debut + 3])
        phrase = PhraseSynthese.objects.create(section=section, texte="On apprend mieux à deux.", ordre=debut)
        phrase.pistes.set(pistes[debut : debut + 1])


def creer_synthese_votee(n_pistes=3, *, votants=None, **champs):
    """A synthesis whose pistes were put to a closed vote. `votants`: {college sign: people who voted}.

    Two thirds of each college put two dots on the first piste, the others one on the last.
    """
    espace = champs.pop("espace_vote", None) or fabriques.creer_espace()
    pistes = fabriques.creer_pistes(espace, n_pistes)
    scrutin = fabriques.creer_scrutin(espace, pistes)
    for signe, n in (votants or {"salaries": 12, "permanents": 12}).items():
        fabriques.faire_voter(scrutin, signe, 2 * n // 3, {pistes[0]: 2})
        fabriques.faire_voter(scrutin, signe, n - 2 * n // 3, {pistes[-1]: 1})
    actions_consultation.clore_scrutin(scrutin=scrutin, par=None)
    return creer_synthese(espace.consultation, pistes, **champs)


def publier(page):
    """Publish the latest draft, as the system does at a planned hour."""
    page.get_latest_revision().publish()
    page.refresh_from_db()
    return page


def creer_page_publiee(synthese=None, **champs):
    return publier(actions.faire_page(synthese=synthese or creer_synthese(**champs), par=None))
