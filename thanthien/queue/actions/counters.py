"""Opening and closing a counter, and the quiet button."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from thanthien.core.events import publish
from thanthien.queue import rules
from thanthien.queue.actions.log import write
from thanthien.queue.enums import EventKind
from thanthien.queue.events import HelpCalled
from thanthien.queue.models import Call, CounterSession, Hall, Line


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
        publish(HelpCalled(hall_id=session.hall_id, counter_number=session.counter_number, staff_id=session.staff_id))
    return session


@transaction.atomic
def help_came(session: CounterSession, *, by: Any, at: datetime) -> CounterSession:
    session = CounterSession.objects.select_for_update(of=("self",)).select_related("hall__unit").get(pk=session.pk)
    rules.check_in_hall(session.hall, by=by)
    if session.help_at:
        session.help_at = None
        session.save(update_fields=["help_at"])
        write(EventKind.EMERGENCY_OVER, at=at, session=session, staff=by)
    return session
