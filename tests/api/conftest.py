from tests.contenus.conftest import _arborescence, arborescence, base_avec_pages  # noqa: F401
