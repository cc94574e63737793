"""Inside the house of a measurement: fill it, or look how it stands. Answers with JSON.

Run as `python -m thanthien.queue.management.benchmark.prepare make COUNTERS WAITING` or `… look`.
"""

import json
import os
import sys
from datetime import date, time, timedelta
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanthien.config.settings")
    django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db.models import Max, Min
from django.utils import timezone

from thanthien.core.operations.serving import collect_static
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import CounterFactory, OpeningHoursFactory, StaffFactory, UnitFactory
from thanthien.queue import actions
from thanthien.queue.actions import Wish, make_kiosk
from thanthien.queue.enums import Handing, Source, TicketState
from thanthien.queue.factories import HallFactory, LineFactory
from thanthien.queue.models import Call, Ticket

TOKEN = "t" * 32  # the secret of the form's cookie


def make(counters: int, waiting: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    collect_static()
    at, unit = timezone.now(), UnitFactory()
    for weekday in range(7):
        OpeningHoursFactory(
            unit=unit, weekday=weekday, opens=time(0, 0), closes=time(23, 59, 59), valid_from=date(2020, 1, 1)
        )
    unit.holidays.create(date=timezone.localdate(at), kind="make_up", name="Đo sức chịu tải")
    hall = HallFactory(unit=unit)
    line = LineFactory(hall=hall, letter="A", last_number=9_999_999)
    admin = StaffFactory(unit=unit, roles=[Role.UNIT_ADMIN])
    _kiosk, token = make_kiosk(hall, "Máy đo", by=admin, at=at)
    officers = []
    for _number in range(counters):
        officer = StaffFactory(unit=unit, roles=[Role.RECEPTION])
        actions.open_counter(hall, CounterFactory(unit=unit), [line], by=officer, at=at)
        officers.append(_cookies(officer))
    for _number in range(waiting):
        actions.hand_over(actions.issue(line, Wish(source=Source.KIOSK), at=at), Handing.PRINTER, at=at)
    return {"hall": hall.pk, "line": line.pk, "kiosk": token, "officers": officers, "token": TOKEN}


def _cookies(officer: Any) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.set_expiry(timedelta(hours=12))
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: TOKEN}


def look() -> dict[str, int]:
    """Numbers given twice or skipped, and tickets called twice or skipped."""
    numbers, called = Ticket.objects.count(), Call.objects.filter(matter=1).values("ticket")
    ends = Ticket.objects.aggregate(first=Min("number"), last=Max("number"))
    once = called.distinct().count()
    last = Ticket.objects.filter(pk__in=called).aggregate(last=Max("number"))["last"] or 0
    return {
        "tickets": numbers,
        "numbers_skipped_or_twice": (ends["last"] or 0) - (ends["first"] or 1) + 1 - numbers,
        "called": called.count(),
        "called_twice": called.count() - once,
        "called_skipped": last - once,
        "still_waiting": Ticket.objects.filter(state=TicketState.WAITING).count(),
    }


if __name__ == "__main__":
    told = make(*map(int, sys.argv[2:])) if sys.argv[1] == "make" else look()
    sys.stdout.write(json.dumps(told))
