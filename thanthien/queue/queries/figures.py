"""What happened in a hall, in numbers: from the calls, and the same once more from the events alone."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.figures import Record, Scope
from thanthien.queue.enums import CallOutcome, EventKind
from thanthien.queue.models import Call, Hall, QueueEvent, Ticket
from thanthien.queue.queries.board import day_bounds


@dataclass(frozen=True, kw_only=True)
class Served:
    """One call with its three times; `outcome` "" while it goes on."""

    ticket_id: int
    line_id: int
    staff_id: int
    counter_number: int
    matter: int
    waiting_since: datetime
    called_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""

    @property
    def waited(self) -> float:
        """Minutes."""
        return (self.called_at - self.waiting_since).total_seconds() / 60

    @property
    def way(self) -> float | None:
        return (self.started_at - self.called_at).total_seconds() / 60 if self.started_at else None

    @property
    def service(self) -> float | None:
        done = self.outcome == CallOutcome.DONE and self.started_at and self.ended_at
        return (self.ended_at - self.started_at).total_seconds() / 60 if done else None  # type: ignore[operator]


# ---- the records behind the figures ------------------------------------------------------------------------
def visitors_in(scope: Scope) -> QuerySet[Ticket]:
    """Numbers that came into somebody's hand."""
    start, end = day_bounds(scope.first, scope.last)
    rows = Ticket.objects.filter(hall__unit__code__in=scope.unit_codes, handed_at__gte=start, handed_at__lt=end)
    return rows.select_related("line").order_by("handed_at", "pk")


def calls_in(scope: Scope) -> QuerySet[Call]:
    """Everything that was called; a second matter of a visit waited for nothing and counts for service alone."""
    start, end = day_bounds(scope.first, scope.last)
    rows = Call.objects.filter(ticket__hall__unit__code__in=scope.unit_codes, called_at__gte=start, called_at__lt=end)
    return rows.select_related("ticket", "session").order_by("called_at", "pk")


def waits_in(scope: Scope) -> QuerySet[Call]:
    return calls_in(scope).filter(matter=1)


def services_in(scope: Scope) -> QuerySet[Call]:
    return calls_in(scope).filter(outcome=CallOutcome.DONE, started_at__isnull=False)


def missed_in(scope: Scope) -> QuerySet[Call]:
    return calls_in(scope).filter(outcome=CallOutcome.MISSED)


def visit_record(ticket: Ticket) -> Record:
    assert ticket.handed_at is not None
    return Record(number=ticket.code, who=ticket.get_source_display(), what=ticket.line.name, at=ticket.handed_at)


def call_record(call: Call) -> Record:
    """Without the person's name, which few leave: the counter, and the minutes that the figures are made of."""
    one = as_served([call])[0]
    said = [_("chờ %(minutes)s phút") % {"minutes": round(one.waited)}] if call.matter == 1 else []
    if one.service is not None:
        said.append(_("phục vụ %(minutes)s phút") % {"minutes": round(one.service)})
    if call.outcome:
        said.append(call.get_outcome_display())
    return Record(number=call.ticket.code, who=str(call.session), what=" · ".join(map(str, said)), at=call.called_at)


def as_served(calls: Iterable[Call]) -> list[Served]:
    names = ("ticket_id", "line_id", "matter", "waiting_since", "called_at", "started_at", "ended_at", "outcome")
    return [
        Served(
            staff_id=call.session.staff_id,
            counter_number=call.session.counter_number,
            **{name: getattr(call, name) for name in names},
        )
        for call in calls
    ]


def served_in(hall: Hall, first: date, last: date) -> list[Served]:
    start, end = day_bounds(first, last)
    rows = Call.objects.filter(ticket__hall=hall, called_at__gte=start, called_at__lt=end)
    return as_served(rows.select_related("session").order_by("pk"))


# ---- the same from the events alone ------------------------------------------------------------------------
ENDS = {
    EventKind.FINISHED: CallOutcome.DONE, EventKind.PARKED: CallOutcome.PARKED, EventKind.MISSED: CallOutcome.MISSED,
    EventKind.FORWARDED: CallOutcome.FORWARDED,
}  # fmt: skip


def replayed(hall: Hall, day: date) -> list[Served]:
    """The day once more, from nothing but what was written down as it happened."""
    start, end = day_bounds(day)
    told: defaultdict[int, _Story] = defaultdict(_Story)
    events = QueueEvent.objects.filter(hall=hall, at__gte=start, at__lt=end, ticket__isnull=False).order_by("pk")
    for event in events:
        told[event.ticket_id].hear(event)  # type: ignore[index]
    calls = [call for story in told.values() for call in story.calls]
    return [Served(**call) for call in sorted(calls, key=lambda call: call.pop("first"))]


class _Story:
    """One number, event by event."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.order_at: datetime | None = None
        self.handed_at: datetime | None = None

    def hear(self, event: QueueEvent) -> None:
        kind = event.kind
        if kind == EventKind.ISSUED:
            self.order_at = datetime.fromisoformat(event.data["order_at"])
        elif kind == EventKind.HANDED:
            self.handed_at = event.at
        elif kind == EventKind.CALLED:
            self._begin(event, since=min(max(self.order_at or event.at, self.handed_at or event.at), event.at))
        elif kind == EventKind.STARTED:
            self.calls[-1]["started_at"] = event.at
        elif kind == EventKind.NEXT_MATTER:
            self._end(event, CallOutcome.DONE)
            self._begin(event, since=event.at, started_at=event.at, matter=self.calls[-1]["matter"] + 1)
        elif kind in ENDS:
            self._end(event, ENDS[EventKind(kind)])
        if event.data.get("anew"):
            self.order_at = event.at

    def _begin(self, event: QueueEvent, *, since: datetime, **more: Any) -> None:
        facts = {"ticket_id": event.ticket_id, "line_id": event.line_id, "staff_id": event.staff_id}
        facts |= {"counter_number": event.counter_number, "waiting_since": since, "called_at": event.at}
        self.calls.append({"first": event.pk, "matter": 1, **facts, **more})

    def _end(self, event: QueueEvent, outcome: CallOutcome) -> None:
        call = self.calls[-1]
        if outcome != CallOutcome.MISSED:
            call.setdefault("started_at", call["called_at"])
        call["ended_at"], call["outcome"] = event.at, outcome.value


# ---- summing up --------------------------------------------------------------------------------------------
def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that at least `share` of a hundred do not exceed (nearest rank); 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(1, ceil(share * len(values) / 100)) - 1]


@dataclass(frozen=True)
class Summary:
    """Minutes, rounded; with how many each was made from."""

    name: str
    visits: int
    wait_median: int
    wait_p90: int
    way_median: float
    service_median: int
    services: int
    missed: int


def summary_of(name: str, rows: Sequence[Served]) -> Summary:
    waits = [row.waited for row in rows if row.matter == 1]
    ways = [row.way for row in rows if row.matter == 1 and row.way is not None]
    services = [row.service for row in rows if row.service is not None]
    return Summary(
        name,
        len(waits),
        round(percentile(waits, 50)),
        round(percentile(waits, 90)),
        round(percentile(ways, 50), 1),
        round(percentile(services, 50)),
        len(services),
        sum(row.outcome == CallOutcome.MISSED for row in rows),
    )


def grouped(rows: Iterable[Served], by: Callable[[Served], Hashable], name: Callable[[Any], str]) -> list[Summary]:
    """A summary for each group, in the order of what they are grouped by."""
    groups: defaultdict[Any, list[Served]] = defaultdict(list)
    for row in rows:
        groups[by(row)].append(row)
    return [summary_of(name(key), groups[key]) for key in sorted(groups)]


def hour_of(row: Served) -> int:
    """The local hour in which the waiting began."""
    return timezone.localtime(row.waiting_since).hour


@dataclass(frozen=True, kw_only=True)
class HallFigures:
    visitors: int
    total: Summary
    tables: list[tuple[str, list[Summary]]]


def hall_figures(hall: Hall, first: date, last: date, *, words: dict[str, str], only_staff: int = 0) -> HallFigures:
    """`words`: what the tables are called; `only_staff`: whose figures the table of officers holds (0: everybody's)."""
    rows = served_in(hall, first, last)
    scope = Scope(unit_codes=[hall.unit.code], first=first, last=last)
    names = dict(hall.lines.values_list("pk", "name"))
    staff = dict(Call.objects.filter(ticket__hall=hall).values_list("session__staff", "session__staff__full_name"))
    mine = [row for row in rows if only_staff in (0, row.staff_id)]
    tables = [
        (words["hour"], grouped(rows, hour_of, lambda hour: f"{hour:02d}:00")),
        (words["line"], grouped(rows, lambda row: row.line_id, lambda pk: names[pk])),
        (words["counter"], grouped(rows, lambda row: row.counter_number, lambda number: f"{number}")),
        (words["officer"], grouped(mine, lambda row: row.staff_id, lambda pk: staff[pk])),
    ]
    visitors = visitors_in(scope).filter(hall=hall).count()
    return HallFigures(visitors=visitors, total=summary_of(words["all"], rows), tables=tables)
