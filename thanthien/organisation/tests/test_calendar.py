"""From the table of hours and holidays to the calendar that deadlines are counted with."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from thanthien.core.working_time import Interval
from thanthien.organisation.enums import HolidayKind
from thanthien.organisation.factories import HolidayFactory, OpeningHoursFactory, UnitFactory
from thanthien.organisation.queries import calendar_for, missing_holidays

pytestmark = pytest.mark.django_db
MONDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 7)
USUAL = (Interval(time(7, 30), time(11, 30)), Interval(time(13), time(17)))
SUMMER = (Interval(time(7), time(11)), Interval(time(13, 30), time(17, 30)))


def open_on(unit, weekday, intervals, **more):
    for interval in intervals:
        OpeningHoursFactory(unit=unit, weekday=weekday, opens=interval.start, closes=interval.end, **more)


def test_a_unit_without_hours_keeps_the_usual_ones_and_the_known_holidays():
    calendar = calendar_for(UnitFactory())

    assert calendar.intervals_on(MONDAY) == USUAL
    assert calendar.intervals_on(SATURDAY) == ()
    assert calendar.is_working_day(date(2026, 1, 2)) is False
    assert calendar.is_working_day(date(2026, 1, 10)) is True


def test_own_hours_hold_in_their_period_and_close_the_days_they_leave_out():
    unit = UnitFactory()
    open_on(unit, SATURDAY.weekday(), USUAL[:1])
    open_on(unit, 0, SUMMER, valid_from=date(2026, 4, 16), valid_to=date(2026, 10, 15))

    calendar = calendar_for(unit)

    assert calendar.intervals_on(SATURDAY) == USUAL[:1]
    assert calendar.intervals_on(MONDAY) == ()
    assert calendar.intervals_on(date(2026, 5, 4)) == SUMMER
    assert calendar.intervals_on(date(2026, 5, 9)) == ()
    assert calendar.intervals_on(date(2019, 12, 30)) == USUAL


def test_a_division_takes_the_hours_of_the_nearest_unit_above():
    province = UnitFactory(province=True)
    commune = UnitFactory(parent=province)
    division = UnitFactory(division=True, parent=commune)
    open_on(None, 0, SUMMER)
    open_on(province, 0, USUAL[:1])

    assert calendar_for(division).intervals_on(MONDAY) == USUAL[:1]
    assert calendar_for(UnitFactory()).intervals_on(MONDAY) == SUMMER

    open_on(commune, 0, USUAL[1:])
    unseen = UnitFactory(division=True, parent=commune)

    assert calendar_for(unseen).intervals_on(MONDAY) == USUAL[1:]


def test_a_year_in_the_table_replaces_the_forecast_of_that_year_only():
    HolidayFactory(date=date(2027, 9, 3), name="Quốc khánh")

    calendar = calendar_for(UnitFactory())

    assert calendar.is_working_day(date(2027, 9, 2)) is True
    assert calendar.why_closed(date(2027, 9, 3)) == "Nghỉ Quốc khánh"
    assert calendar.is_working_day(date(2026, 9, 2)) is False


def test_own_holidays_win_over_those_for_all():
    province = UnitFactory(province=True)
    unit = UnitFactory(parent=province)
    HolidayFactory(date=date(2026, 3, 3), name="chung")
    HolidayFactory(unit=province, date=date(2026, 3, 3), kind=HolidayKind.MAKE_UP, name="tỉnh làm bù")
    HolidayFactory(unit=province, date=date(2026, 3, 4), name="ngày của tỉnh")
    HolidayFactory(unit=unit, date=date(2026, 3, 4), kind=HolidayKind.MAKE_UP, name="xã làm việc")
    HolidayFactory(unit=UnitFactory(), date=date(2026, 3, 5), name="xã khác")

    calendar = calendar_for(unit)

    assert [calendar.is_working_day(date(2026, 3, day)) for day in (3, 4, 5)] == [True, True, True]
    assert calendar_for(province).why_closed(date(2026, 3, 4)) == "Nghỉ ngày của tỉnh"


def test_a_calendar_is_read_once_while_its_version_stays():
    unit = UnitFactory()
    with CaptureQueriesContext(connection) as first:
        calendar = calendar_for(unit)
    with CaptureQueriesContext(connection) as second:
        again = calendar_for(unit)

    assert (len(first), len(second)) == (2, 0)
    assert again is calendar


def test_what_the_table_lacks_of_a_year_is_named():
    HolidayFactory(date=date(2026, 9, 2))

    lacking = {seed.date for seed in missing_holidays(2026)}

    assert date(2026, 9, 2) not in lacking
    assert {date(2026, 1, 2), date(2026, 1, 10), date(2026, 2, 17)} <= lacking
