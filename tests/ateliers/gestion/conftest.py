"""What the tests of this folder start from."""

import pytest

from ..fabriques_inscriptions import seminaire


@pytest.fixture
def pupitre(client):
    """A prepared seminar, and a browser signed in as its organiser: (consultation, workshops, client)."""
    consultation, organisateur, ateliers = seminaire(capacite=2)
    client.force_login(organisateur)
    return consultation, ateliers, client
