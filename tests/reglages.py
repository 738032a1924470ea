"""Settings of the test session: the product's own, with quick passwords and mail kept in memory."""

import os
import tempfile

os.environ.setdefault("GERMOIR_SECRET_KEY", "only-for-tests-" + "t" * 50)
os.environ.setdefault("GERMOIR_VAR", tempfile.mkdtemp(prefix="germoir-tests-"))
# A browser's synchronous driver runs an event loop in the thread of the test that writes what it needs.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from plateforme.settings import *  # noqa: F403

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
