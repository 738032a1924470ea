"""The rooms of this folder, each behind a relay of its own."""

from functools import partial

import pytest

from .gestes import Salle


@pytest.fixture
def ouvrir(ouvrir):
    """Phones with their service worker."""
    return partial(ouvrir, service_workers="allow")


@pytest.fixture
def monter(serveur, ouvrir):
    salles = []

    def monter_salle(*natures):
        salles.append(Salle(serveur, ouvrir, *natures))
        return salles[-1]

    yield monter_salle
    for salle in salles:
        salle.relais.fermer()


@pytest.fixture
def vote(monter):
    salle = monter("ideation", "vote", "discussion")
    salle.lancer("vote")
    return salle


@pytest.fixture
def ecriture(monter):
    salle = monter("ideation", "vote")
    salle.lancer("ideation")
    return salle
