"""When a unit works: from its table of opening hours and holidays to a `Calendar` that deadlines are counted with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.http import Http404

from thanthien.core.said import said
from thanthien.core.working_time import (
    Calendar,
    HolidaySeed,
    Interval,
    OpeningPeriod,
    default_calendar,
    default_opening,
    seed_holidays,
)
from thanthien.core.working_time.calendar import WEEKDAYS as WEEKDAY_NAMES
from thanthien.organisation.enums import HolidayKind
from thanthien.organisation.models import Counter, Holiday, OpeningHours, Unit

WEEKDAYS = range(7)
CALENDARS_KEPT = 512


def calendar_for(unit: Unit) -> Calendar:
    """The working time of a unit, kept in memory as long as its `calendar_version` stays: then no SQL.

    Opening hours are the unit's own, else those of the nearest unit above that has some, else those for all, else the
    usual ones (which also hold on days that no period covers). Holidays are those for all, of the units above and its
    own, the nearest winning. A year without any holiday for all counts with the forecast of the seed.
    """
    return kept_calendar(unit.pk, unit.path, unit.calendar_version)


@lru_cache(maxsize=CALENDARS_KEPT)
def kept_calendar(unit_id: int, path: str, version: int) -> Calendar:
    line = _line(unit_id, path)
    days = _days(line)
    return Calendar(
        opening=(*default_opening(), *(period for week in _weeks_in_force(line) for period in week.periods)),
        days_off={day: name for day, (kind, name) in days.items() if kind == HolidayKind.OFF},
        make_up={day: name for day, (kind, name) in days.items() if kind == HolidayKind.MAKE_UP},
    )


def _line(unit_id: int, path: str) -> list[int | None]:
    """From "for all" down to the unit itself."""
    return [None, *([int(part) for part in path.split("/") if part] or [unit_id])]


@dataclass(frozen=True)
class Week:
    """The opening hours of one period; a weekday without intervals is closed."""

    valid_from: date
    valid_to: date | None
    intervals: dict[int, tuple[Interval, ...]]

    @property
    def periods(self) -> list[OpeningPeriod]:
        return [OpeningPeriod(d, self.intervals.get(d, ()), self.valid_from, self.valid_to) for d in WEEKDAYS]

    @property
    def days(self) -> list[tuple[str, tuple[Interval, ...]]]:
        """Monday to Sunday in words, with their hours."""
        return [(WEEKDAY_NAMES[d], self.intervals.get(d, ())) for d in WEEKDAYS]


def _weeks_in_force(line: list[int | None]) -> list[Week]:
    rows = defaultdict(list)
    for row in OpeningHours.objects.filter(_of(line), counter=None):
        rows[row.unit_id].append(row)
    nearest = next((unit_id for unit_id in reversed(line) if rows[unit_id]), None)
    return as_weeks(rows[nearest])


def _of(line: list[int | None]) -> Q:
    return Q(unit=None) | Q(unit__in=[unit_id for unit_id in line if unit_id])


def as_weeks(rows: Iterable[OpeningHours]) -> list[Week]:
    weeks: defaultdict[tuple[date, date | None], defaultdict[int, list[Interval]]]
    weeks = defaultdict(lambda: defaultdict(list))
    for row in rows:
        weeks[row.valid_from, row.valid_to][row.weekday].append(Interval(row.opens, row.closes))
    return [
        Week(*span, {weekday: tuple(sorted(held)) for weekday, held in week.items()}) for span, week in weeks.items()
    ]


def _days(line: list[int | None]) -> dict[date, tuple[str, str]]:
    days = {day: (HolidayKind.OFF.value, name) for day, name in default_calendar().days_off.items()}
    days |= {day: (HolidayKind.MAKE_UP.value, name) for day, name in default_calendar().make_up.items()}
    rows = list(Holiday.objects.filter(_of(line)))
    known = {row.date.year for row in rows if row.unit_id is None}
    days = {day: named for day, named in days.items() if day.year not in known}
    for row in sorted(rows, key=lambda row: line.index(row.unit_id)):
        days[row.date] = (row.kind, row.name)
    return days


def weeks_of(unit: Unit | None, counter: Counter | None = None) -> list[Week]:
    """The periods written down for this unit itself (None: for all) or for one of its counters, the earliest first."""
    rows = OpeningHours.objects.filter(unit=unit, counter=counter).order_by("valid_from", "weekday", "opens")
    return as_weeks(rows)


def week_of(unit: Unit | None, valid_from: date, counter: Counter | None = None) -> Week | None:
    return next((week for week in weeks_of(unit, counter) if week.valid_from == valid_from), None)


def usual_week(day: date) -> Week:
    """The usual hours, as the first proposal for a period that begins this day."""
    return Week(day, None, {period.weekday: period.intervals for period in default_opening()})


def hours_on(unit: Unit, day: date) -> list[tuple[str, tuple[Interval, ...], str]]:
    """The week in which this day lies: each day in words, its hours, and why the unit is closed where it is."""
    calendar = calendar_for(unit)
    return [
        (f"{said(WEEKDAY_NAMES[d.weekday()])}, {d:%d/%m}", calendar.intervals_on(d), _why(calendar, d))
        for d in days_of_week(day)
    ]


def days_of_week(day: date) -> list[date]:
    """Monday to Sunday of the week in which this day lies."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in WEEKDAYS]


def _why(calendar: Calendar, day: date) -> str:
    """The holiday; nothing where the day of the week says enough."""
    return calendar.why_closed(day) if day in calendar.days_off else ""


def holidays_of(unit: Unit | None, year: int) -> QuerySet[Holiday]:
    """What is written down for the unit and for all in this year."""
    return Holiday.objects.filter(Q(unit=unit) | Q(unit=None), date__year=year).order_by("date")


def holiday_for(unit: Unit, holiday_id: int) -> Holiday:
    """A day on the page of this unit: its own, or one for all."""
    found = Holiday.objects.filter(Q(unit=unit) | Q(unit=None), pk=holiday_id).select_related("unit").first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class HolidayYear:
    """A year on the page: what is written down, what the seed knows besides, whether it is only a forecast."""

    year: int
    rows: list[Holiday]
    missing: list[HolidaySeed]

    @property
    def is_forecast(self) -> bool:
        return not any(row.unit_id is None for row in self.rows)

    @property
    def neighbours(self) -> tuple[int, int]:
        return self.year - 1, self.year + 1


def holiday_year(unit: Unit, year: int) -> HolidayYear:
    return HolidayYear(year, list(holidays_of(unit, year)), missing_holidays(year))


def missing_holidays(year: int) -> list[HolidaySeed]:
    """What the seed knows of this year and the table for all does not."""
    have = set(Holiday.objects.filter(unit=None, date__year=year).values_list("date", flat=True))
    return [seed for seed in seed_holidays(year) if seed.date not in have]
