"""Settings of the test session: the product's own, with quick passwords and mail kept in memory."""

import atexit
import os
import shutil
import tempfile


def _dossier_du_processus():
    """A folder that goes with the process that makes it, and with none of those born of it."""
    qui, chemin = os.getpid(), tempfile.mkdtemp(prefix="germoir-tests-")
    atexit.register(lambda: os.getpid() == qui and shutil.rmtree(chemin, ignore_errors=True))
    return chemin


os.environ.setdefault("GERMOIR_SECRET_KEY", "only-for-tests-" + "t" * 50)
if "GERMOIR_VAR" not in os.environ:
    os.environ["GERMOIR_VAR"] = _dossier_du_processus()
# A browser's synchronous driver runs an event loop in the thread of the test that writes what it needs.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from plateforme.settings import *  # noqa: E402, F403

# What the next releases of `test_sauvegarde` bring: MIGRATIONS names the package of theirs; without it, nothing.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.plateforme.niveau"]  # noqa: F405
MIGRATION_MODULES = {"niveau": os.environ.get("MIGRATIONS")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "init_command" in DATABASES["default"].get("OPTIONS", {}):  # noqa: F405
    # No test pulls the plug, and what a killed process has written is with the system: do not wait for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
# Static files are found where they are, without a collectstatic.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# Tests undo what they write, and the figure that pages are kept under with it: only a test of pages keeps any.
PAGES_GARDEES = env.bool("GERMOIR_PAGES_GARDEES", False)  # noqa: F405
# No draw among the results: a test that wants one asks for it.
DETAILS_TUS_SUR_CENT = 0
