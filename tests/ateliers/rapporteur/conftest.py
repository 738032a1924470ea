"""A workshop, and its rapporteur logged in."""

import pytest

from tests import fabriques as f


@pytest.fixture
def espace():
    return f.creer_espace()


@pytest.fixture
def rapporteur(espace, client):
    compte = f.creer_rapporteur(espace)
    client.force_login(compte)
    return compte
