"""Who waits, how long that is likely to take, and why somebody has the place that they have."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.queue.enums import CallOutcome, TicketState
from thanthien.queue.models import Call, CounterSession, Hall, Line, Ticket
from thanthien.queue.queries.hot import TO_TELL

LOOK_BACK = timedelta(days=14)
FEWEST = 20  # services from which the usual time of a line is believed
KEPT = 60  # seconds that the pace of a line is remembered
MOST = 1000  # services of a hall that are looked at
STEP = 5  # minutes: an estimate is rounded to these


def expected_range(ahead: int, counters: int, minutes: float) -> tuple[int, int]:
    """From how many to how many minutes somebody waits who has so many before them: `counters` people are served at a
    time, each for about `minutes`. The range widens with the wait; both ends are multiples of five."""
    mean = (ahead / max(counters, 1)) * minutes
    least = int(mean * 0.7 // STEP) * STEP
    most = -int(-mean * 1.3 // STEP) * STEP
    return least, max(most, least + STEP)


def pace_of(line: Line, *, at: datetime) -> float:
    """The usual minutes of a service: the median of the last two weeks, else what the line says."""
    return _paces(line.hall_id, at).get(line.pk, float(line.usual_minutes))


def _paces(hall_id: int, at: datetime) -> dict[int, float]:
    """For each line with enough services behind it; remembered for a minute."""
    key = f"queue:paces:{hall_id}"
    found: dict[int, float] | None = caches["template_fragments"].get(key)
    if found is None:
        done = Call.objects.filter(line__hall=hall_id, called_at__gte=at - LOOK_BACK, outcome=CallOutcome.DONE)
        spans = done.exclude(started_at=None).order_by("-pk").values_list("line_id", "started_at", "ended_at")
        times: defaultdict[int, list[float]] = defaultdict(list)
        for line_id, start, end in spans[:MOST]:
            times[line_id].append((end - start).total_seconds() / 60)
        found = {line_id: max(1.0, median(each)) for line_id, each in times.items() if len(each) >= FEWEST}
        caches["template_fragments"].set(key, found, KEPT)
    return found


def open_sessions(hall: Hall) -> QuerySet[CounterSession]:
    return CounterSession.objects.filter(hall=hall, closed_at=None).select_related("staff").order_by("counter_number")


def waiting_tickets(hall: Hall, *, at: datetime) -> QuerySet[Ticket]:
    """Today's, in the order in which they are called."""
    today = timezone.localdate(at)
    rows = Ticket.objects.filter(hall=hall, day=today, state=TicketState.WAITING)
    return rows.select_related("line", "priority").order_by("-rank", "order_at", "pk")


def near_in(hall: Hall, most: int, *, at: datetime) -> list[Ticket]:
    """Those with an address and at most so many before them in their line who were not told yet."""
    waiting = waiting_tickets(hall, at=at)
    to_tell = {ticket.pk: ticket for ticket in waiting.filter(TO_TELL)}
    before: Counter[int] = Counter()
    near = []
    for key, line_id in waiting.values_list("pk", "line_id") if to_tell else ():
        if key in to_tell and before[line_id] <= most:
            to_tell[key].hall = hall
            near.append(to_tell[key])
        before[line_id] += 1
    return near


@dataclass(frozen=True)
class Waiting:
    """How many wait, and the range in minutes for whoever comes now."""

    people: int
    counters: int
    least: int
    most: int


def waiting_by_line(hall: Hall, *, at: datetime) -> list[tuple[Line, Waiting]]:
    """Each line with who waits in it, in three statements whatever the number of lines."""
    lines = list(hall.lines.filter(is_active=True))
    sessions = list(open_sessions(hall))
    heads = waiting_tickets(hall, at=at).order_by().values_list("line_id").annotate(people=Count("pk"))
    people = dict(heads)
    return [(line, _waiting(line, people.get(line.pk, 0), sessions, at=at)) for line in lines]


def _waiting(line: Line, people: int, sessions: Iterable[CounterSession], *, at: datetime) -> Waiting:
    counters = sum(line.pk in session.lines for session in sessions)
    least, most = expected_range(people, counters, pace_of(line, at=at))
    return Waiting(people, counters, least, most)


def waiting_in(hall: Hall, *, at: datetime) -> Waiting:
    """The hall as a whole: everybody who waits, over every counter that is open."""
    each = waiting_by_line(hall, at=at)
    people, counters = sum(waiting.people for _line, waiting in each), open_sessions(hall).count()
    paces = [(pace_of(line, at=at), waiting.people) for line, waiting in each if waiting.people]
    mean = sum(pace * here for pace, here in paces) / people if people else 0.0
    return Waiting(people, counters, *expected_range(people, counters, mean))


@dataclass(frozen=True)
class Place:
    """Where a ticket stands: how many before it, the range in minutes, and why, in sentences."""

    ahead: int
    least: int
    most: int
    reasons: list[str]


def place_of(ticket: Ticket, *, at: datetime) -> Place:
    """Of a ticket that waits; for others nobody is before it."""
    if ticket.state != TicketState.WAITING:
        return Place(0, 0, 0, [])
    before = Q(rank__gt=ticket.rank) | Q(rank=ticket.rank, order_at__lt=ticket.order_at)
    before |= Q(rank=ticket.rank, order_at=ticket.order_at, pk__lt=ticket.pk)
    same = waiting_tickets(ticket.hall, at=at).filter(before, line=ticket.line)
    ahead, first = same.count(), same.filter(rank__gt=ticket.rank).count()
    counters = sum(ticket.line_id in session.lines for session in open_sessions(ticket.hall))
    least, most = expected_range(ahead, counters, pace_of(ticket.line, at=at))
    return Place(ahead, least, most, _reasons(ticket, first))


def _reasons(ticket: Ticket, first: int) -> list[str]:
    reasons = [_("Người thuộc diện ưu tiên được mời trước; cùng diện thì ai đến trước được mời trước.")]
    if ticket.priority:
        reasons.append(_("Ông/bà thuộc diện ưu tiên: %(name)s.") % {"name": ticket.priority.shown_name})
    elif first:
        reasons.append(_("Trong số người phía trước có %(count)s người thuộc diện ưu tiên.") % {"count": first})
    if ticket.order_at < ticket.issued_at:
        reasons.append(_("Ông/bà có lịch hẹn nên được tính chỗ từ %(time)s.") % _clock(ticket.order_at))
    elif ticket.misses:
        reasons.append(_("Lượt gọi trước không gặp ông/bà nên số được tính lại từ %(time)s.") % _clock(ticket.order_at))
    return reasons


def _clock(moment: datetime) -> dict[str, Any]:
    return {"time": f"{timezone.localtime(moment):%H:%M}"}
