"""Settings. Everything that differs between machines comes from the environment; defaults are safe.

The variables are listed, with their meaning and default, in docs/exploitation.md (a test keeps the list complete).
"""

import contextlib
import os
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

RACINE = Path(__file__).resolve().parents[2]
SITE = Path(__file__).resolve().parents[1]
# The guide's pages: beside these settings once installed, in the documentation before.
_livre = Path(__file__).with_name("pages_du_guide")
GUIDE = _livre if _livre.is_dir() else RACINE / "docs/guide"
env = environ.Env()

# The matrices of the map of opinions are small: two threads of BLAS wait for each other (three times the processor
# of one: see decision 0015), and each process would keep its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

DEBUG = env.bool("GERMOIR_DEBUG", False)
VAR = Path(env.str("GERMOIR_VAR", str(RACINE / "var")))
with contextlib.suppress(OSError):  # a read-only disk is fine when the database and the files are elsewhere
    VAR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env.str("GERMOIR_SECRET_KEY", "debug-only-" + "x" * 50 if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "GERMOIR_SECRET_KEY is missing: give it a long random value, the same on every process "
        "(on your own machine, GERMOIR_DEBUG=1 does without). See docs/exploitation.md."
    )
SECRET_KEY_FALLBACKS = env.list("GERMOIR_ANCIENNES_CLES", default=[])
URL_PUBLIQUE = env.str("GERMOIR_URL", "http://127.0.0.1:8000").rstrip("/")
_public = urlsplit(URL_PUBLIQUE)
ALLOWED_HOSTS = env.list("GERMOIR_HOSTS", default=["*"] if DEBUG else [_public.hostname])
CSRF_TRUSTED_ORIGINS = [URL_PUBLIQUE]

INSTALLED_APPS = [
    "contenus",
    "ateliers",
    "consultation",
    "comptes",
    "travail",
    "forums",
    "courrier",
    "visites",
    "immersions",
    "recherche",
    "api",
    "passants",
    "plateforme",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "plateforme.pannes.Seances",
    "plateforme.langue.ChoixDeLangue",
    "plateforme.depots.TropLourd",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "plateforme.politique.politique_de_gestion",
    "plateforme.entetes.permissions_du_navigateur",
    "allauth.account.middleware.AccountMiddleware",
    "comptes.second_facteur.SecondFacteur",
    "contenus.barriere.Barriere",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "plateforme.saisies.SaisiesGardees",
    "plateforme.pannes.Pannes",
    "passants.pages.PagesGardees",
]

ROOT_URLCONF = "plateforme.urls"
ASGI_APPLICATION = "plateforme.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "plateforme.templatetags.germoir",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'germoir.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # synchronous=FULL: what was acknowledged survives a pulled plug (WAL alone does not promise it).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-4000;",
    }

REDIS_URL = env.str("REDIS_URL", "")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}


def _memoire(nom, **options):
    """The cache of that name: in Redis where there is one, else in this process, with `options`."""
    if REDIS_URL:
        # A Redis that says nothing must not hold a page.
        delais = {"socket_connect_timeout": 1, "socket_timeout": 1}
        ou = {"BACKEND": "plateforme.memoire.RedisOuIci", "LOCATION": REDIS_URL}
        return {**ou, "KEY_PREFIX": nom, "OPTIONS": delais}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": nom, "OPTIONS": options}


# Apart: a flood of pages must not push attempts that are counted out of memory.
CACHES = {"default": _memoire(""), "pages": _memoire("pages", MAX_ENTRIES=400)}
# Visitors' pages are kept while nothing they show was written; not where templates are being changed.
PAGES_GARDEES = env.bool("GERMOIR_PAGES_GARDEES", not DEBUG)
# What a whole room asks at once is answered before Django; without it Django answers, to the letter the same.
VOIE_RAPIDE = env.bool("GERMOIR_VOIE_RAPIDE", True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "comptes.Utilisateur"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "comptes.adapter.AdaptateurComptes"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Accounts are given by an organiser and their first password is set from a link sent to the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Germoir : "
# A room is one address: allauth's defaults per address would lock 150 people out (rule 9).
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key", "login": None}
# One address for each account; another takes its place once the link sent there was followed.
ACCOUNT_CHANGE_EMAIL = True
SECOND_FACTEUR = env.bool("GERMOIR_SECOND_FACTEUR", False)
MFA_ADAPTER = "comptes.adapter.AdaptateurSecondFacteur"
MFA_FORMS = {
    "authenticate": "comptes.formulaires.Preuve",
    "reauthenticate": "comptes.formulaires.PreuveANouveau",
    "activate_totp": "comptes.formulaires.MiseEnPlace",
    "add_webauthn": "comptes.formulaires.NouvelleCle",
    "edit_webauthn": "comptes.formulaires.NomDeCle",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Germoir"
# Figures change every 30 s: those read just before, or on a phone 30 s off, still open (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/animer/"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("français")), ("en", _("anglais"))]
LOCALE_PATHS = [SITE / "locale"]
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SITE / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "plateforme.polices.PolicesFinder",
]
MEDIA_ROOT = Path(env.str("GERMOIR_MEDIA", str(VAR / "media")))
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "plateforme.fichiers.Fichiers"
    },
}

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("GERMOIR_FROM", f"Germoir <ne-pas-repondre@{_public.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where letters of the newsletter come back when they cannot be delivered, and the mailbox where that is read.
RETOURS = env.str("GERMOIR_RETOURS", "")
RETOURS_BOITE = env.str("GERMOIR_RETOURS_BOITE", "")

HTTPS = _public.scheme == "https"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]  # asked from the machine itself, past the front server
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the page editor shows its preview in a frame of the same site
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DEPOT_MAX = env.int("GERMOIR_DEPOT_MAX", 20)  # megabytes, for images and documents put in the desk
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    },
}

# WhiteNoise hands small files over in one piece: nothing is gained by an asynchronous iterator there.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

WAGTAIL_SITE_NAME = "Germoir"
WAGTAILADMIN_BASE_URL = URL_PUBLIQUE
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "ods", "odp", "docx", "xlsx", "csv", "zip"]
# A document is handed by Wagtail's view, which asks whether its collection is private; never by its raw path.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_IMAGE_FORM_BASE = "contenus.depots.FormulaireImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
# One way in and one way to change who one is: allauth's, with its limits and its proofs.
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # only those who hold a role there are written to
# The hours of a seminar are those of the place; and Wagtail lists zones that browsers do not know.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# Saving by itself (Wagtail 8.0), the editor drops a comment typed meanwhile. Leaving unsaved words is warned of.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"intrus": {"()": "plateforme.traces.SansTraceDIntrus"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["intrus"]}},
    "root": {"handlers": ["console"], "level": env.str("GERMOIR_LOG", "INFO" if DEBUG else "WARNING")},
    # These tell their inner life at INFO: every glyph of a font, every load of a library.
    "loggers": {nom: {"level": "ERROR"} for nom in ("fontTools", "pikepdf")}
    | {"uvicorn.error": {"filters": ["intrus"]}},
}

# The OpenID Connect provider by which people come into forums, where a territory has one: none by default.
OIDC = {
    "adresse": env.str("GERMOIR_OIDC_ADRESSE", "").rstrip("/"),
    "client": env.str("GERMOIR_OIDC_CLIENT", ""),
    "secret": env.str("GERMOIR_OIDC_SECRET", ""),
    "nom": env.str("GERMOIR_OIDC_NOM", ""),
    "portee": env.str("GERMOIR_OIDC_PORTEE", "openid"),
    "acr": env.str("GERMOIR_OIDC_ACR", ""),
}
if OIDC["adresse"] and not (OIDC["client"] and OIDC["secret"]):
    raise ImproperlyConfigured(
        "GERMOIR_OIDC_ADRESSE is given without GERMOIR_OIDC_CLIENT and GERMOIR_OIDC_SECRET: the provider gives "
        "both when the site is declared to it. See docs/exploitation.md."
    )

# Of a hundred pistes put to the vote, how many are drawn to show no detail by college, so that a detail missing
# for the sake of someone's choice says nothing for certain (docs/domaine.md, "What is withheld").
DETAILS_TUS_SUR_CENT = 5
