from tests.boite import boite  # noqa: F401
