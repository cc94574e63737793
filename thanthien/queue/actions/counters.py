"""Opening and closing a counter, and the quiet button."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from thanthien.core.events import publish
from thanthien.notifications.actions import Facts, Notice, tell
from thanthien.notifications.enums import Situation
from thanthien.organisation.queries import staff_with_role
from thanthien.queue import rules
from thanthien.queue.actions.log import write
from thanthien.queue.enums import EventKind
from thanthien.queue.events import HelpCalled
from thanthien.queue.models import Call, CounterSession, Hall, Line

STALE = timedelta(hours=1)  # help that is told of later is of no use


@transaction.atomic
def open_counter(hall: Hall, counter: Any, lines: Sequence[Line], *, by: Any, at: datetime) -> CounterSession:
    """The officer sits down at this counter and serves these lines (none: all of the hall). One who moves to another
    counter, or changes the lines, opens anew; the session before is closed."""
    taken = CounterSession.objects.filter(counter=counter, closed_at=None).select_related("staff").first()
    rules.check_can_open(counter, hall, taken, by=by)
    for before in CounterSession.objects.select_for_update().filter(staff=by, closed_at=None):
        _close(before, by=by, at=at)
    wanted = [line.pk for line in lines] or list(hall.lines.filter(is_active=True).values_list("pk", flat=True))
    session = CounterSession.objects.create(
        hall=hall, counter=counter, counter_number=counter.number, staff=by, lines=sorted(wanted), opened_at=at
    )
    write(EventKind.OPENED, at=at, session=session, data={"lines": session.lines})
    return session


@transaction.atomic
def close_counter(session: CounterSession, *, by: Any, at: datetime) -> CounterSession:
    session = CounterSession.objects.select_for_update().get(pk=session.pk)
    rules.check_is_mine(session, by=by)
    return _close(session, by=by, at=at)


def _close(session: CounterSession, *, by: Any, at: datetime) -> CounterSession:
    current = Call.objects.filter(session=session, ended_at=None).select_related("ticket").first()
    rules.check_can_close(current)
    session.closed_at, session.help_at = at, None
    session.save(update_fields=["closed_at", "help_at"])
    write(EventKind.CLOSED, at=at, session=session)
    return session


@transaction.atomic
def call_for_help(session: CounterSession, *, by: Any, at: datetime) -> CounterSession:
    """The quiet button: nothing sounds or shows at the counter; heads see it, and listeners tell them."""
    session = CounterSession.objects.select_for_update().get(pk=session.pk)
    rules.check_is_mine(session, by=by)
    if session.help_at is None:
        session.help_at = at
        session.save(update_fields=["help_at"])
        write(EventKind.EMERGENCY, at=at, session=session)
        facts = {"counter_number": session.counter_number, "staff_id": session.staff_id}
        publish(HelpCalled(hall_id=session.hall_id, session_id=session.pk, **facts))
    return session


@transaction.atomic
def take_help_back(session: CounterSession, *, by: Any, at: datetime) -> CounterSession:
    """A false alarm: who pressed says so, and it is written down that it was one."""
    session = CounterSession.objects.select_for_update().get(pk=session.pk)
    rules.check_is_mine(session, by=by)
    if session.help_at:
        session.help_at = None
        session.save(update_fields=["help_at"])
        write(EventKind.EMERGENCY_OVER, at=at, session=session, data={"mistake": True})
    return session


@transaction.atomic
def tell_heads(session_id: int, *, at: datetime) -> int:
    """Those who lead the unit are written to, each once for this press; how many are told. They also see it on every
    page of the office, whether they have an address or not."""
    rows = CounterSession.objects.filter(pk=session_id, help_at__isnull=False).select_related("hall__unit", "staff")
    session = rows.first()
    heads = staff_with_role(session.hall.unit, *rules.LED_BY) if session else []
    for head in heads:
        tell(_call_to(head, session), at=at)
    return len(heads)


def _call_to(head: Any, session: Any) -> Notice:
    unit = session.hall.unit
    facts = Facts(
        name=head.full_name, place=f"{session}, {session.hall.name}", officer=session.staff.full_name,
        desk=unit.desk_name, unit=unit.name, link=f"{settings.SITE_URL.rstrip('/')}{reverse('queue:help')}",
    )  # fmt: skip
    return Notice(
        subject=f"session:{session.pk}", unit_code=unit.code, situation=Situation.HELP, facts=facts,
        occasion=f"{head.pk}@{session.help_at.isoformat()}", phone=head.phone, email=head.email,
        expires_at=session.help_at + STALE,
    )  # fmt: skip


@transaction.atomic
def help_came(session: CounterSession, *, by: Any, at: datetime) -> CounterSession:
    session = CounterSession.objects.select_for_update(of=("self",)).select_related("hall__unit").get(pk=session.pk)
    rules.check_in_hall(session.hall, by=by)
    if session.help_at:
        session.help_at = None
        session.save(update_fields=["help_at"])
        write(EventKind.EMERGENCY_OVER, at=at, session=session, staff=by)
    return session
