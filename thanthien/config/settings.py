"""Settings: every value from the environment (docs/guides/administrator.md lists them), with safe defaults."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

env = environ.FileAwareEnv()
BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

# ---- how it runs -----------------------------------------------------------------------------------------
DEMO_SECRET_KEY = "demonstration-only-never-for-a-real-office"  # noqa: S105  (refused outside the demonstration)
SECRET_KEY = env.str("SECRET_KEY", default=DEMO_SECRET_KEY)
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEMO else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=not DEMO)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
LIVE_PORT = env.int("LIVE_PORT", default=0)  # where boards listen; 0: the port beside the pages, set by `serve`
LIVE_URL = env.str(
    "LIVE_URL", default=""
)  # as browsers reach it, where that is neither this site nor the port beside it
SITE_UNIT = env.str("SITE_UNIT", default="")  # code of the unit whose door the public pages are

INSTALLED_APPS = [
    "thanthien.core",
    "thanthien.ui",
    "thanthien.organisation",
    "thanthien.people",
    "thanthien.procedures",
    "thanthien.notifications",
    "thanthien.declarations",
    "thanthien.guidance",
    "thanthien.dossiers",
    "thanthien.prints",
    "thanthien.filing",
    "thanthien.queue",
    "thanthien.satisfaction",
    "thanthien.letters",
    "thanthien.portal",
    "thanthien.office",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "auditlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "thanthien.core.middleware.security_headers",
    "thanthien.core.middleware.no_null_characters",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "thanthien.core.middleware.known_person",
    "thanthien.core.middleware.chosen_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "thanthien.core.middleware.explain_refusals",
    "allauth.account.middleware.AccountMiddleware",
    "thanthien.organisation.outside.history",
]

ROOT_URLCONF = "thanthien.config.urls"
WSGI_APPLICATION = "thanthien.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["thanthien.ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "thanthien.ui.forms.Renderer"

# ---- where it keeps things -------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'thanthien.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    try:
        Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:  # before anything can be asked, also the doctor
        raise SystemExit(f"Không tạo được thư mục dữ liệu: {fault}. Ông/bà kiểm tra DATA_DIR và quyền ghi.") from None
    # A writer takes the lock when it begins, so that it waits in line instead of failing half way; and every
    # commit reaches the disk: what was acknowledged to a citizen survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
        ),
    }
elif env.bool("DATABASE_KEEPS_PLANS", default=True):
    # What is asked again and again is planned once: less than half of the database's work (docs/performance.md). Not
    # behind a pooler that hands a connection to somebody else after each transaction.
    DATABASES["default"].setdefault("OPTIONS", {}).update({"server_side_binding": True, "prepare_threshold": 2})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "files"
# Two memories: tries are counted for all processes of the machine (signing in, looking up: docs/decisions/0019); what
# a page keeps for some minutes each process keeps for itself, under the name that Django's `cache` tag looks for.
COUNTED_DIR = DATA_DIR / "counted"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": COUNTED_DIR,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2_000}
    },
}  # fmt: skip
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "schedule"]}}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=20 * 1024 * 1024)
UPLOAD_MAX_FILES = env.int("UPLOAD_MAX_FILES", default=20)

# ---- language and time -----------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "ngon-ngu"
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "stored"]  # the code's words; stored words (core.said)
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["thanthien.ui.formats"]

# ---- who may enter ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.Staff"
AUTHENTICATION_BACKENDS = ["thanthien.organisation.outside.StaffBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {"user_attributes": ["username", "full_name", "email", "phone"]}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "thanthien.organisation.outside.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "thanthien.organisation.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False  # an office computer is shared: the session ends with the browser
ACCOUNT_USER_DISPLAY = "thanthien.organisation.outside.display_name"
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "10/5m/key,60/5m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Thân Thiện"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
SESSION_ENGINE = "thanthien.core.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/$"]  # a monitor on the same machine asks without a certificate
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "thanthien.ui.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# ---- how it speaks to the outside ------------------------------------------------------------------------
NO_MAIL = f"filemail:///{DATA_DIR / 'mail'}" if DEMO else "consolemail://"  # the demonstration writes to nobody
vars().update(env.email_url("EMAIL_URL", default=NO_MAIL))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="mot-cua@localhost")
EMAIL_TIMEOUT = 10
# SMS and Zalo: `SMS_GATEWAY` describes in JSON how the gateway is asked (docs/guides/administrator.md, messages).
GATEWAYS = {}
for name in ("SMS", "ZALO"):
    if env.str(f"{name}_GATEWAY", default=""):
        try:
            described = dict(env.json(f"{name}_GATEWAY"))
        except (TypeError, ValueError):
            described = {}  # `thanthien doctor` says what is missing; the house opens all the same
        secrets = {part.lower(): env.str(f"{name}_GATEWAY_{part}", default="") for part in ("SECRET", "TOKEN")}
        GATEWAYS[name.lower()] = described | secrets
DEMONSTRATION_CHANNELS = ["sms"]  # in the demonstration alone: written down, shown, sent to nobody
QUIET_HOURS = env.str("QUIET_HOURS", default="21:00-07:00")  # no message goes out; a unit may choose others

PRODUCT_NAME = _("Thân Thiện")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
