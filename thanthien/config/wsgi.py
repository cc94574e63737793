"""The web entrance: granian serves this by WSGI (docs/decisions/0003)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanthien.config.settings")
application = get_wsgi_application()

from thanthien.core.operations.checks import refuse_unsafe_settings  # noqa: E402  (needs Django to be set up)

refuse_unsafe_settings()
