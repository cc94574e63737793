"""Every change in a hall is written down; a call goes to the boards at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from thanthien.core import live
from thanthien.core.writing import insert
from thanthien.queue.enums import EventKind
from thanthien.queue.models import CounterSession, QueueEvent, Ticket
from thanthien.queue.queries import CHANNEL, as_files, spoken


def noted(
    kind: EventKind, *, at: datetime, ticket: Ticket | None = None, session: CounterSession | None = None, **more: Any
) -> QueueEvent:
    """Still to be written. `more`: hall_id, staff, data where they do not come from the ticket or the session."""
    return QueueEvent(
        kind=kind,
        at=at,
        hall_id=more.get("hall_id") or (session or ticket).hall_id,  # type: ignore[union-attr]
        ticket=ticket,
        line_id=ticket.line_id if ticket else None,
        staff_id=more["staff"].pk if more.get("staff") else session.staff_id if session else None,
        counter_number=session.counter_number if session else None,
        data=more.get("data") or {},
    )


def write(kind: EventKind, **facts: Any) -> QueueEvent:
    """The same facts as `noted`."""
    event = noted(kind, **facts)
    insert(event)
    return event


def show(
    kind: EventKind, ticket: Ticket, session: CounterSession, *, at: datetime, before: Sequence[QueueEvent] = ()
) -> QueueEvent:
    """Writes a call down and shows it on the boards of the hall, with everything that they say about it. `before`: what
    happened first and is written in the same statement."""
    officer = session.staff.full_name if session.hall.shows_officer else ""
    say = spoken(ticket.code, session.counter_number)
    data = {
        "code": ticket.code, "counter": session.counter_number, "line": ticket.line.name, "officer": officer,
        "say": say, "files": as_files(say),
    }  # fmt: skip
    event = noted(kind, at=at, ticket=ticket, session=session, data=data)
    insert(*before, event)
    live.send(
        CHANNEL,
        session.hall_id,
        {"id": event.pk, "call": data | {"id": event.pk, "at": timezone.localtime(at).isoformat()}},
    )
    return event
