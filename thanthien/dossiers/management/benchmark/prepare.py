"""Inside the database of one measurement: migrate, fill, sign in, and say as JSON what is to be asked.

Run as `python -m thanthien.dossiers.management.benchmark.prepare OPERATION ROWS UNITS PEER_PORT`.
"""

import json
import os
import sys
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanthien.config.settings")
    django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thanthien.core.operations.serving import collect_static, web_options
from thanthien.dossiers.management.benchmark import operations, seed
from thanthien.dossiers.management.benchmark.work import HOST, TOKEN, Ask, Order, Person

OPEN_IN_THOUSAND = {"step": 200}  # of the others two per cent are open, as in an office
USUALLY_OPEN = 20
WARM = (1, 2)  # the numbers of the requests of which the second is counted


def main(operation: str, rows: int, units: int, peer_port: int) -> None:
    at = timezone.now()
    call_command("migrate", verbosity=0)
    collect_static()
    offices = seed.make_offices(units)
    seed.fill(offices, rows=rows, open_in_thousand=OPEN_IN_THOUSAND.get(operation, USUALLY_OPEN), at=at)
    found = operations.OPERATIONS[operation](offices, rows)
    anonymous = operation in operations.ANONYMOUS
    asks = [(office, asked) for office, asked in found if asked]
    if not asks:
        raise SystemExit(f"{operation} needs dossiers: --rows with more than 0")
    people = [Person({} if anonymous else _cookies(office.officer), asked) for office, asked in asks]
    order = Order(
        expected=operations.EXPECTED[operation],
        people=people,
        statements=_statements(people[0]),
        web=web_options(host=HOST, port=peer_port),
    )
    sys.stdout.write(json.dumps(asdict(order)))


def _cookies(officer: Any) -> dict[str, str]:
    """Those of somebody who has signed in and opened a page."""
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.set_expiry(timedelta(hours=12))
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: TOKEN}


def _statements(person: Person) -> list[str]:
    """What one request sends to the database, BEGIN and COMMIT too, once the caches of the process are warm."""
    client = Client(enforce_csrf_checks=True, HTTP_HOST=HOST)
    client.cookies.load(person.cookies)
    for number in WARM:
        ask = person.asks.pop() if len(person.asks) > len(WARM) else person.asks[0]
        with CaptureQueriesContext(connection) as captured:
            answer = _send(client, ask, number)
    if answer.status_code >= 400:
        raise SystemExit(f"{ask.path}: {answer.status_code}")
    return [query["sql"][:300] for query in captured.captured_queries]


def _send(client: Client, ask: Ask, number: int) -> Any:
    return client.post(ask.path, ask.filled(number)) if ask.fields is not None else client.get(ask.path)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
