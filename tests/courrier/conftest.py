import pytest

from tests.contenus.conftest import _arborescence, arborescence, base_avec_pages  # noqa: F401

from .fabriques_courrier import poser_boite


@pytest.fixture
def boite(settings):
    """A real SMTP server, already listening: see `Boite`."""
    boite = poser_boite(settings)
    yield boite
    boite.fermer()
