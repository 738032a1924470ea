"""A seminar, and the booklet that was proposed for it."""

import pytest

from contenus import actions
from tests.contenus.fabriques_carnet import seminaire


@pytest.fixture
def consultation():
    return seminaire(chapeau="Deux jours pour parler du travail.")


@pytest.fixture
def carnet(consultation):
    return actions.proposer_carnet(consultation=consultation, par=None)
