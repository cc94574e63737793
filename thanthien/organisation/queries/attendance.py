"""When the counters of a unit are open and somebody sits there: their own hours inside the unit's, and who is away."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Q
from django.utils import timezone

from thanthien.core.working_time import Calendar, Interval
from thanthien.core.working_time.calendar import merged
from thanthien.organisation.models import Absence, Counter, OpeningHours, Staff, Unit
from thanthien.organisation.queries.calendar import (
    CALENDARS_KEPT,
    Week,
    as_weeks,
    calendar_for,
    days_of_week,
    hours_on,
    kept_calendar,
)

LOOK_AHEAD = 60  # days in which the next opening of some counters is looked for
Away = tuple[datetime, datetime, int | None]


@dataclass(frozen=True)
class _OwnHours:
    """Of a counter that keeps some of its own."""

    weeks: list[Week]
    calendar: Calendar

    def on(self, day: date, whole: Sequence[Interval]) -> tuple[Interval, ...]:
        """Inside those of the unit (`whole`), which hold alone on a day that no period covers."""
        if not any(week.valid_from <= day <= (week.valid_to or date.max) for week in self.weeks):
            return tuple(whole)
        return within(self.calendar.intervals_on(day), whole)


def within(hours: Iterable[Interval], whole: Sequence[Interval]) -> tuple[Interval, ...]:
    """What of these hours lies inside the others."""
    shared = [(max(one.start, other.start), min(one.end, other.end)) for one in hours for other in whole]
    return merged(Interval(start, end) for start, end in shared if start < end)


def _own_hours(unit: Unit) -> dict[int, _OwnHours]:
    """By counter; kept in memory like the unit's calendar, so that it costs no SQL. Most units have none."""
    return _kept_hours(unit.pk, unit.path, unit.calendar_version)


@lru_cache(maxsize=CALENDARS_KEPT)
def _kept_hours(unit_id: int, path: str, version: int) -> dict[int, _OwnHours]:
    rows: defaultdict[int, list[OpeningHours]] = defaultdict(list)
    for row in OpeningHours.objects.filter(unit=unit_id).exclude(counter=None):
        rows[row.counter_id].append(row)  # type: ignore[index]
    usual = kept_calendar(unit_id, path, version)
    return {counter_id: _hours_of(as_weeks(held), usual) for counter_id, held in rows.items()}


def _hours_of(weeks: list[Week], usual: Calendar) -> _OwnHours:
    opening = tuple(period for week in weeks for period in week.periods)
    return _OwnHours(weeks, Calendar(opening=opening, days_off=usual.days_off, make_up=usual.make_up))


def keep_own_hours(unit: Unit, counter_ids: Collection[int]) -> bool:
    """Whether each of these counters keeps hours of its own: if one does not, they are open when the unit is."""
    return bool(counter_ids) and set(counter_ids) <= _own_hours(unit).keys()


def has_counter_hours(unit: Unit) -> bool:
    return bool(_own_hours(unit))


def counter_hours_on(unit: Unit, counter_ids: Iterable[int], day: date) -> tuple[Interval, ...]:
    """When at least one of these counters is open on this day."""
    whole, own = calendar_for(unit).intervals_on(day), _own_hours(unit)
    return merged(hours for pk in counter_ids for hours in (own[pk].on(day, whole) if pk in own else whole))


def counter_hours_in_week(counter: Counter, day: date) -> list[tuple[str, tuple[Interval, ...], str]]:
    """The week in which this day lies, as `hours_on` has it, for one counter."""
    week = zip(days_of_week(day), hours_on(counter.unit, day), strict=True)
    return [(words, counter_hours_on(counter.unit, [counter.pk], one), why) for one, (words, _whole, why) in week]


def counters_with_hours(unit: Unit) -> list[tuple[Counter, bool]]:
    """The counters of the unit, and whether each keeps hours of its own."""
    own = _own_hours(unit)
    return [(counter, counter.pk in own) for counter in Counter.objects.filter(unit=unit).order_by("number")]


def next_counter_opening(unit: Unit, counter_ids: Collection[int], after: date) -> datetime | None:
    """The first opening of these counters on a later day, in local time; None within two months."""
    for number in range(1, LOOK_AHEAD):
        day = after + timedelta(days=number)
        if hours := counter_hours_on(unit, counter_ids, day):
            return datetime.combine(day, hours[0].start, timezone.get_default_timezone())
    return None


@dataclass(frozen=True)
class Attendance:
    """Counters of a unit over some days: which are in use, who sits there, who of them is away. Nothing more is asked.

    A counter is attended while it is open and one of the officers assigned to it is there, or somebody stands in who is
    there. A counter to which nobody is assigned counts as attended: it is not known who will sit there.
    """

    unit: Unit
    counters: dict[int, bool]
    officers: dict[int, list[int]]
    away: dict[int, list[Away]]

    def is_open(self, counter_id: int, start: datetime, end: datetime) -> bool:
        """By its hours, from beginning to end of the given span (aware, of one day)."""
        if not self.counters.get(counter_id, False):
            return False
        local, last = timezone.localtime(start), timezone.localtime(end)
        hours = counter_hours_on(self.unit, [counter_id], local.date())
        return any(one.start <= local.time() and last.time() <= one.end for one in hours)

    def is_attended(self, counter_id: int, start: datetime, end: datetime) -> bool:
        officers = self.officers.get(counter_id, [])
        here = not officers or any(not self._is_missing(pk, start, end) for pk in officers)
        return here and self.is_open(counter_id, start, end)

    def _is_missing(self, staff_id: int, start: datetime, end: datetime) -> bool:
        """Away for a part of the span, and whoever should stand in is away too."""
        return any(
            stand_in is None or self._is_away(stand_in, start, end)
            for begins, ends, stand_in in self.away.get(staff_id, [])
            if begins < end and start < ends
        )

    def _is_away(self, staff_id: int, start: datetime, end: datetime) -> bool:
        return any(begins < end and start < ends for begins, ends, _who in self.away.get(staff_id, []))


def attendance_of(unit: Unit, counters: Iterable[Counter], first: date, last: date) -> Attendance:
    """Two statements, whatever the number of counters and days (both included)."""
    in_use = {counter.pk: counter.is_open for counter in counters}
    officers: defaultdict[int, list[int]] = defaultdict(list)
    for pk, counter_id in Staff.objects.filter(counter__in=in_use, is_active=True).values_list("pk", "counter"):
        officers[counter_id].append(pk)
    return Attendance(unit, in_use, dict(officers), _away(in_use, first, last) if officers else {})


def _away(counter_ids: Iterable[int], first: date, last: date) -> dict[int, list[Away]]:
    """Who sits at these counters or stands in for somebody there, and is away in these days."""
    zone, ids = timezone.get_default_timezone(), list(counter_ids)
    start, end = (datetime.combine(day, datetime.min.time(), zone) for day in (first, last + timedelta(days=1)))
    rows = Absence.objects.filter(cancelled_at=None, agreed_at__isnull=False, starts_at__lt=end, ends_at__gt=start)
    rows = rows.filter(Q(staff__counter__in=ids) | Q(staff__stands_in__staff__counter__in=ids)).distinct()
    away: defaultdict[int, list[Away]] = defaultdict(list)
    for staff_id, *span in rows.order_by().values_list("staff", "starts_at", "ends_at", "stand_in"):
        away[staff_id].append((span[0], span[1], span[2]))
    return dict(away)
