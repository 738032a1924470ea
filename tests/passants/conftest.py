from tests.ateliers.conftest import base_postgres  # noqa: F401
