"""Invented people and structures, always the same from one run to the next."""

from consultation import actions
from consultation.models import Structure

from . import recits

PRENOMS = recits.mots("prenoms")

_DEBUTS = ["Atelier", "Jardins", "Chantier", "Relais", "Services", "Ressourcerie", "Entraide", "Élan"]
_SUITES = [
    "du Pont",
    "de la Source",
    "des Deux Rives",
    "du Chemin Vert",
    "de la Halle",
    "du Vieux Moulin",
    "de l’Orme",
]
_TYPES = ["ai", "ei", "etti", "aci", "oasp"]


def prenom(rang):
    """A first name, then the same with an initial, so that a room of 120 has no two people called alike."""
    tour, place = divmod(rang, len(PRENOMS))
    return PRENOMS[place] if tour == 0 else f"{PRENOMS[place]} {'BCDEFG'[tour - 1]}."


def structures(nombre, villes, territoire, *, par):
    """Return `nombre` invented structures spread over `villes`, made where missing."""
    faites = []
    for rang in range(nombre):
        nom = f"{_DEBUTS[rang % len(_DEBUTS)]} {_SUITES[(rang // len(_DEBUTS)) % len(_SUITES)]}"
        ville = villes[rang % len(villes)]
        objet = Structure(nom=nom, ville=ville, type=_TYPES[rang % len(_TYPES)], territoire=territoire)
        faites.append(actions.enregistrer(objet=objet, par=par))
    return faites


def inscrire(consultation, effectifs, lieux, *, par):
    """Register `effectifs` {college: n} people, spread over the structures `lieux`; return {college: [people]}.

    Two in three agree that their words be published.
    """
    rang, gens = 0, {}
    for college, nombre in effectifs.items():
        gens[college] = []
        for _n in range(nombre):
            lieu = lieux[rang % len(lieux)]
            gens[college].append(
                actions.inscrire(
                    consultation=consultation,
                    college=college,
                    prenom=prenom(rang),
                    structure=lieu,
                    territoire=lieu.territoire,
                    origine="inscription",
                    accord_publication=rang % 3 != 2,
                    cle=f"demo-{consultation.slug}-{rang}",
                    par=par,
                )
            )
            rang += 1
    return gens
