"""The test settings with an app whose migrations go wrong: MIGRATIONS names their package."""

import os

from tests.reglages import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.plateforme.niveau"]  # noqa: F405
MIGRATION_MODULES = {"niveau": os.environ["MIGRATIONS"]}
