"""A national seminar, and the regions that follow it up."""

import pytest

from tests.fabriques import (
    creer_consultation,
    creer_organisateur,
    creer_territoire,
)

from .gestes import ouvrir


@pytest.fixture
def france():
    return creer_territoire(nom="France", niveau="nation")


@pytest.fixture
def regions(france):
    return [
        creer_territoire(nom=nom, niveau="region", parent=france) for nom in ("Bretagne", "Corse", "Occitanie")
    ]


@pytest.fixture
def national(france):
    return creer_consultation(titre="Séminaire national", slug="national", territoire=france)


@pytest.fixture
def organisation(national):
    return creer_organisateur(national)


@pytest.fixture
def bretagne(national, regions):
    return ouvrir(national, regions[:1])[0]
