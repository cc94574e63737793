"""What is read at every press of a button in a full hall: the SQL is written once (docs/decisions/0010)."""

import hashlib
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils import timezone

from thanthien.core.prepared import Given, Prepared
from thanthien.queue.enums import TicketState
from thanthien.queue.models import Call, CounterSession, Kiosk, Line, Priority, Ticket

LARGEST = 2**31  # a larger key is nobody's

_kiosk = Prepared(lambda: Kiosk.objects.select_related("hall__unit").filter(token_hash=Given("token")).order_by())
_line = Prepared(lambda: Line.objects.filter(pk=Given("pk"), hall=Given("hall"), is_active=True).order_by())
_priority = Prepared(lambda: Priority.objects.filter(pk=Given("pk"), hall=Given("hall"), is_active=True).order_by())
_session = Prepared(
    lambda: (
        CounterSession.objects.filter(staff=Given("staff"), closed_at=None)
        .select_related("hall__unit", "staff")
        .order_by()
    )
)
_held = Prepared(lambda: CounterSession.objects.select_for_update().filter(pk=Given("pk")).order_by())
_open_call = Prepared(
    lambda: Call.objects.filter(session=Given("session"), ended_at=None).select_related("ticket__line").order_by()
)


def kiosk_by_token(token: str) -> Kiosk | None:
    """The machine with its hall and unit, also one that was revoked (the page says so); None for a wrong token."""
    return _kiosk.first(token=hashlib.sha256(token.encode()).hexdigest())


def line_to_take(hall: Any, line_id: int) -> Line | None:
    """A line of this hall that is open, with the hall and unit that are known already."""
    line = _line.first(pk=line_id, hall=hall.pk) if 0 < line_id < LARGEST else None
    if line:
        line.hall = hall
    return line


def priority_to_claim(hall: Any, priority_id: int) -> Priority | None:
    return _priority.first(pk=priority_id, hall=hall.pk) if 0 < priority_id < LARGEST else None


def session_of(staff: Any) -> CounterSession | None:
    """The counter at which this person sits now."""
    return _session.first(staff=staff.pk)


def held_session(session: CounterSession) -> CounterSession:
    """As it is now, its row held until the commit, with the hall and person that the given one knows."""
    held = _held.first(pk=session.pk)
    if held is None:
        raise CounterSession.DoesNotExist
    held.hall, held.staff = session.hall, session.staff
    return held


def open_call(session: CounterSession) -> Call | None:
    """The call that goes on at this counter, with its ticket and line; nobody else touches these while the session is
    held: the owner of a number that is called can no longer leave."""
    call = _open_call.first(session=session.pk)
    if call:
        call.session = session
    return call


def first_waiting(session: CounterSession, *, at: datetime) -> Ticket | None:
    """Who comes next at this counter; the row is held, and rows that others hold are left to them."""
    given = {f"line{place}": line_id for place, line_id in enumerate(session.lines)}
    about = {"hall": session.hall_id, "day": timezone.localdate(at), "counter": session.counter_number}
    return _first_of(len(session.lines)).first(**given, **about)


@lru_cache
def _first_of(lines: int) -> Prepared[Ticket]:
    """For a counter that serves so many lines."""
    mine = Q(counter_number=Given("counter"))
    for place in range(lines):
        mine |= Q(counter_number=None, line=Given(f"line{place}"))
    waiting = Ticket.objects.filter(mine, hall=Given("hall"), day=Given("day"), state=TicketState.WAITING)
    rows = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("line")
    return Prepared(lambda: rows.order_by("-rank", "order_at", "pk")[:1])


TO_TELL = Q(state=TicketState.WAITING, near_told_at=None) & ~Q(email="", phone="")
_to_tell = Prepared(lambda: Ticket.objects.filter(TO_TELL, hall=Given("hall"), day=Given("day")).only("pk")[:1])


def somebody_wants_to_know(hall_id: int, *, at: datetime) -> bool:
    """Whether anybody waits who left an address and was not told yet that the turn is near."""
    return _to_tell.first(hall=hall_id, day=timezone.localdate(at)) is not None
