from tests.contenus.conftest import _arborescence, arborescence  # noqa: F401
