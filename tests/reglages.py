"""Settings of the test session: the product's own, with quick passwords and mail kept in memory."""

import os
import tempfile

os.environ.setdefault("GERMOIR_SECRET_KEY", "only-for-tests-" + "t" * 50)
os.environ.setdefault("GERMOIR_VAR", tempfile.mkdtemp(prefix="germoir-tests-"))

from plateforme.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
