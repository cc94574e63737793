"""What an officer sees at the counter."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from thanthien.queue.models import Call, CounterSession, Line, Ticket
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
