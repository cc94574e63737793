"""Opening hours and holidays. Every change gives the units concerned a new mark, so that no old calendar is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.working_time import Interval
from thanthien.core.working_time.calendar import merged
from thanthien.organisation.enums import HolidayKind
from thanthien.organisation.models import Counter, Holiday, OpeningHours, Staff, Unit
from thanthien.organisation.models.unit import new_calendar_version
from thanthien.organisation.outside import recording
from thanthien.organisation.queries import missing_holidays, units_below
from thanthien.organisation.rules import check_can_change_calendar, check_holiday_is_new

Row = tuple[int, time, time, date | None]


@dataclass(frozen=True, kw_only=True)
class WeekFacts:
    """The hours of a period by weekday (Monday 0); a weekday that is not named is closed."""

    valid_from: date
    valid_to: date | None
    intervals: Mapping[int, Sequence[Interval]]


@transaction.atomic
def set_opening_hours(
    unit: Unit | None, week: WeekFacts, *, counter: Counter | None = None, by: Staff, at: datetime
) -> None:
    """Writes the hours of the period that begins on `week.valid_from`, in place of what stood there (None: for all;
    with a `counter` of the unit: that counter's own)."""
    check_can_change_calendar(unit, by=by)
    wanted = _rows(week)
    if not wanted:
        raise Refused(_("Tuần làm việc phải có ít nhất một buổi."))
    where = {"unit": unit, "counter": counter, "valid_from": week.valid_from}
    held = {_as_row(row): row for row in OpeningHours.objects.filter(**where)}
    with recording(by=by, at=at):
        for key in held.keys() - wanted:
            held[key].delete()
        for weekday, opens, closes, valid_to in sorted(wanted - held.keys(), key=lambda row: row[:2]):
            OpeningHours.objects.create(**where, weekday=weekday, opens=opens, closes=closes, valid_to=valid_to)
    touch_calendars(unit)


def _rows(week: WeekFacts) -> set[Row]:
    return {
        (weekday, interval.start, interval.end, week.valid_to)
        for weekday, intervals in week.intervals.items()
        for interval in merged(intervals)
    }


def _as_row(row: OpeningHours) -> Row:
    return row.weekday, row.opens, row.closes, row.valid_to


@transaction.atomic
def remove_opening_hours(
    unit: Unit | None, valid_from: date, *, counter: Counter | None = None, by: Staff, at: datetime
) -> None:
    """Takes one period away; the unit then keeps its other periods, else those above, else the usual hours, and a
    counter those of its unit."""
    check_can_change_calendar(unit, by=by)
    with recording(by=by, at=at):
        for row in OpeningHours.objects.filter(unit=unit, counter=counter, valid_from=valid_from):
            row.delete()
    touch_calendars(unit)


@transaction.atomic
def import_holidays(year: int, *, by: Staff, at: datetime) -> int:
    """Writes what the seed knows of the year and the table for all does not; how many days that were."""
    check_can_change_calendar(None, by=by)
    seeds = missing_holidays(year)
    with recording(by=by, at=at):
        for seed in seeds:
            Holiday.objects.create(date=seed.date, kind=seed.kind, name=seed.name, source=seed.source)
    if seeds:
        touch_calendars(None)
    return len(seeds)


@dataclass(frozen=True, kw_only=True)
class HolidayFacts:
    date: date
    kind: HolidayKind
    name: str
    source: str = ""


@transaction.atomic
def add_holiday(unit: Unit | None, facts: HolidayFacts, *, by: Staff, at: datetime) -> Holiday:
    """A day off or a day to make up, of the unit and all below (None: of all units).

    The first day for all in a year brings the others of that year with it: a year in the table replaces its forecast.
    """
    check_can_change_calendar(unit, by=by)
    check_holiday_is_new(unit, facts.date)
    with recording(by=by, at=at):
        holiday = Holiday.objects.create(
            unit=unit, date=facts.date, kind=facts.kind, name=facts.name, source=facts.source
        )
        if unit is None and not _has_others(holiday):
            import_holidays(facts.date.year, by=by, at=at)
    touch_calendars(unit)
    return holiday


def _has_others(holiday: Holiday) -> bool:
    same_year = Holiday.objects.filter(unit=None, date__year=holiday.date.year)
    return same_year.exclude(pk=holiday.pk).exists()


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: Staff, at: datetime) -> None:
    check_can_change_calendar(holiday.unit, by=by)
    with recording(by=by, at=at):
        holiday.delete()
    touch_calendars(holiday.unit)


def touch_calendars(unit: Unit | None) -> None:
    """A new mark for the unit and all below; None: for every unit."""
    rows = Unit.objects.all() if unit is None else units_below(unit)
    mark = new_calendar_version()
    rows.update(calendar_version=mark)
    if unit is not None:
        unit.calendar_version = mark
