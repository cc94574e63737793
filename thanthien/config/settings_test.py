"""Settings of the test suite: the same product, on a database of its own, with nothing that sleeps."""

import atexit
import shutil
import tempfile
from pathlib import Path

from thanthien.config.settings import *  # noqa: F403
from thanthien.config.settings import CACHES, DATABASES, STORAGES

DEMO = True
HTTPS = SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed only; the real one has a test of its own
SCRATCH = Path(tempfile.mkdtemp(prefix="thanthien-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
MEDIA_ROOT = SCRATCH / "files"
COUNTED_DIR = SCRATCH / "counted"
CACHES = CACHES | {"default": CACHES["default"] | {"LOCATION": COUNTED_DIR}}  # type: ignore[operator]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and the live server must meet the same locks as in real life.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
GATEWAYS = {}
DEMONSTRATION_CHANNELS = []
QUIET_HOURS = ""  # else half of the tests would fail at night
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "WARNING"}}
