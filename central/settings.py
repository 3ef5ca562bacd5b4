"""Django's settings, all of them derived from the place (see `central.place`)."""

from __future__ import annotations

from pathlib import Path

from central import place

_PLACE = place.current()
_OPTIONS = _PLACE.options
_PUBLIC = str(_OPTIONS.get("public_url", ""))

SECRET_KEY = _PLACE.secret
DEBUG = False
TRAINING = bool(_OPTIONS.get("training", False))
#: The address that kiosks use when a proxy stands in front; it is what their signatures cover.
PUBLIC_URL = _PUBLIC
ALLOWED_HOSTS = [*_OPTIONS.get("allowed_hosts", []), "127.0.0.1", "localhost", "[::1]"]
if _PUBLIC:
    ALLOWED_HOSTS.append(_PUBLIC.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "central.registry",
    "central.office",
]
MIDDLEWARE = [
    "central.office.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "central.api.signed.SignedApi",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "central.office.timeout.SessionTimeout",
]
ROOT_URLCONF = "central.urls"
WSGI_APPLICATION = "central.wsgi.application"
APPEND_SLASH = False

# Debian's SQLite (< 3.51.3) can lose commits in WAL mode with several connections, hence TRUNCATE; FULL because a
# receipt that a kiosk holds must survive a power cut here too.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(_PLACE.database),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "office" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "central.office.context.office",
            ],
            "libraries": {"dinas": "central.office.tags"},
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/dinas/masuk"
LOGIN_REDIRECT_URL = "/dinas/"
LOGOUT_REDIRECT_URL = "/dinas/masuk"

_HTTPS = _PUBLIC.startswith("https://")
SESSION_COOKIE_NAME = "dinas"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = _HTTPS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [_PUBLIC] if _PUBLIC else []
CSRF_FAILURE_VIEW = "central.office.views.refused"
#: Seconds without a click after which a clerk has to log in again.
SESSION_IDLE = 15 * 60

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Makassar"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# A clerk's PDF never touches a disk in the clear: memory only, and bounded.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    # Request lines can name an application and nothing personal; bodies and query strings are never logged.
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
