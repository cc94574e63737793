"""What an officer sees at the counter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from thanthien.organisation.queries import office_units
from thanthien.queue.enums import EventKind
from thanthien.queue.models import Call, CounterSession, Line, QueueEvent, Ticket
from thanthien.queue.queries.board import day_bounds
from thanthien.queue.queries.single import aside, current_call
from thanthien.queue.queries.waiting import Waiting, open_sessions, waiting_by_line, waiting_tickets

SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class CounterPage:
    """`mine`: how many wait for this counter; `first`: the next of them; `lines`: with those that it serves marked."""

    current: Call | None
    mine: int
    first: list[Ticket]
    lines: list[tuple[Line, Waiting, bool]]
    aside: list[Ticket]
    others: list[CounterSession]


@dataclass(frozen=True, kw_only=True)
class Help:
    """Counters of the office that need somebody now, and what was asked for and answered today, the last first."""

    wanted: list[CounterSession]
    today: list[QueueEvent]


def help_in_office(staff: Any) -> list[CounterSession]:
    rows = CounterSession.objects.filter(hall__unit__in=office_units(staff), closed_at=None, help_at__isnull=False)
    return list(rows.select_related("hall", "staff").order_by("help_at"))


def help_page(staff: Any, *, at: datetime) -> Help:
    start, end = day_bounds(timezone.localdate(at))
    kinds = (EventKind.EMERGENCY, EventKind.EMERGENCY_OVER)
    rows = QueueEvent.objects.filter(hall__unit__in=office_units(staff), kind__in=kinds, at__gte=start, at__lt=end)
    return Help(wanted=help_in_office(staff), today=list(rows.select_related("hall", "staff").order_by("-pk")[:SHOWN]))


def counter_page(session: CounterSession, *, at: datetime) -> CounterPage:
    waits = Q(counter_number=None, line_id__in=session.lines) | Q(counter_number=session.counter_number)
    mine = waiting_tickets(session.hall, at=at).filter(waits)
    lines = [(line, one, line.pk in session.lines) for line, one in waiting_by_line(session.hall, at=at)]
    return CounterPage(
        current=current_call(session),
        mine=mine.count(),
        first=list(mine[:SHOWN]),
        lines=lines,
        aside=list(aside(session.hall, at=at)[:SHOWN]),
        others=list(open_sessions(session.hall)),
    )
