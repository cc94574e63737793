"""The clock that runs only while the office is open and nothing is paused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TypeAlias

from django.utils.translation import gettext as _

from thanthien.core.working_time.calendar import DAY, HOUR, Calendar, Day, Span, to_moment, to_ticks
from thanthien.core.working_time.units import Pause, StillPaused

# "1 ngày làm việc = 8 giờ" (DOMAIN 1.6); a limit in working days is kept in such hours.
WORKING_DAY = 8 * HOUR
Ticks: TypeAlias = int | Fraction


@dataclass(frozen=True, slots=True)
class Run:
    """Where the clock stopped, and what it took from each day (by ordinal). `rounded`: moved on to closing time."""

    end: int
    taken: dict[int, Ticks]
    rounded: bool = False


def run(calendar: Calendar, start: int, need: Ticks, *, pauses: Sequence[Span] = (), by_day: bool = False) -> Run:
    """Lets the clock run from `start` until `need` ticks are counted, at the earliest such moment.

    `by_day` counts every working day as 8 hours, whatever its length: on a day of 7 hours an hour weighs 8/7. So a
    whole number of days ends at closing time also where the office works 7.5 hours, or on Saturday mornings.
    Raises `NoWorkingTime`.
    """
    taken: dict[int, Ticks] = {}
    for day in calendar.days_from(start // DAY):
        if not (spans := open_spans(day, start, pauses)):
            continue
        length = day.length if by_day else WORKING_DAY
        worth = weigh(sum(end - begin for begin, end in spans), length)
        if worth >= need:
            taken[day.ordinal] = need
            return Run(_advance(spans, -(-need * length // WORKING_DAY)), taken)
        taken[day.ordinal] = worth
        need -= worth
    raise AssertionError("days_from raises before it ends")  # pragma: no cover


def weigh(ticks: int, length: int) -> Ticks:
    """Ticks of a day of this length, in 8-hour days."""
    return ticks if length == WORKING_DAY else Fraction(ticks * WORKING_DAY, length)


def _advance(spans: Iterable[Span], ticks: int) -> int:
    for begin, end in spans:
        if ticks <= end - begin:
            return begin + ticks
        ticks -= end - begin
    raise AssertionError("more ticks than the spans have")  # pragma: no cover


def open_spans(day: Day, start: int, pauses: Sequence[Span]) -> Sequence[Span]:
    """What a day has to offer from `start` on, outside the pauses (sorted, apart from each other)."""
    spans: Sequence[Span] = day.spans
    if spans and start > spans[0][0]:
        spans = [(max(begin, start), end) for begin, end in spans if end > start]
    for pause in pauses:
        if spans and pause[0] < spans[-1][1] and pause[1] > spans[0][0]:
            spans = [part for span in spans for part in _outside(span, pause)]
    return spans


def _outside(span: Span, pause: Span) -> Iterable[Span]:
    parts = ((span[0], min(span[1], pause[0])), (max(span[0], pause[1]), span[1]))
    return [part for part in parts if part[0] < part[1]]


def pause_spans(pauses: Iterable[Pause], *, open_until: int | None = None) -> list[Span]:
    """Pauses as ticks, joined. An open one lasts to `open_until`; without that it raises `StillPaused`."""
    return joined((to_ticks(pause.start), _end_of(pause, open_until)) for pause in pauses)


def joined(spans: Iterable[Span]) -> list[Span]:
    """In order, and joined where they touch or overlap: what is paused twice is paused once."""
    apart: list[Span] = []
    for begin, end in sorted(spans):
        if apart and begin <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((begin, end))
    return apart


def _end_of(pause: Pause, open_until: int | None) -> int:
    if pause.end is not None:
        return to_ticks(pause.end)
    if open_until is None:
        raise StillPaused(
            _("Đang tạm dừng (%(reason)s): ngày hẹn được tính khi hết tạm dừng.") % {"reason": pause.reason}
        )
    return max(open_until, to_ticks(pause.start))


def ticks_between(calendar: Calendar, start: int, end: int, pauses: Sequence[Span] = ()) -> int:
    if end <= start:
        return 0
    paused = [*pauses, (end, end // DAY * DAY + DAY)]  # what comes after the end counts as little as a pause
    days = (calendar.day(ordinal) for ordinal in range(start // DAY, end // DAY + 1))
    return sum(stop - begin for day in days for begin, stop in open_spans(day, start, paused))


def to_need(amount: Decimal, unit: int) -> int:
    return int((amount * unit).to_integral_value(ROUND_CEILING))


def working_hours_between(calendar: Calendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> Decimal:
    """Hours worked from `start` to `end` outside the pauses (an open pause lasts to `end`); 0 if `end` is not later."""
    last = to_ticks(end)
    ticks = ticks_between(calendar, to_ticks(start), last, pause_spans(pauses, open_until=last))
    return (Decimal(ticks) / HOUR).normalize() + 0


def add_working_hours(calendar: Calendar, start: datetime, hours: Decimal, pauses: Iterable[Pause] = ()) -> datetime:
    """The earliest moment by which so many hours are worked; `start` itself for none.

    Exact to the microsecond, so that adding a and then b is adding a + b. Raises `StillPaused`, `NoWorkingTime`.
    """
    if hours <= 0:
        return start
    return to_moment(run(calendar, to_ticks(start), to_need(hours, HOUR), pauses=pause_spans(pauses)).end)


def next_working_day(calendar: Calendar, day: date) -> date:
    """The first working day after this one."""
    return date.fromordinal(calendar.working_day_from(day.toordinal() + 1).ordinal)


def working_day_before(calendar: Calendar, day: date, days: int = 1) -> date:
    """The working day that lies `days` working days before this one: when to warn. Never before the year 1."""
    ordinal = day.toordinal()
    while days and ordinal > 1:
        ordinal -= 1
        days -= bool(calendar.day(ordinal).spans)
    return date.fromordinal(ordinal)


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; below zero when `end` comes first."""
    if end < start:
        return -working_days_between(calendar, end, start)
    return sum(bool(calendar.day(ordinal).spans) for ordinal in range(start.toordinal() + 1, end.toordinal() + 1))
