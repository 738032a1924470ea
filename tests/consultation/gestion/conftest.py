"""What the tests of this folder start from."""

import pytest

from tests.fabriques import (
    creer_consultation,
    creer_organisateur,
)


@pytest.fixture
def pupitre(client):
    consultation = creer_consultation(etat="preparation")
    client.force_login(creer_organisateur(consultation))
    return consultation, client
