"""Changes of hours and holidays reach every calendar that they concern, and only those who may make them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from thanthien.core.rules import Refused
from thanthien.core.working_time import Interval, seed_holidays
from thanthien.organisation import queries
from thanthien.organisation.actions import (
    HolidayFacts,
    WeekFacts,
    add_holiday,
    import_holidays,
    remove_holiday,
    remove_opening_hours,
    set_opening_hours,
)
from thanthien.organisation.enums import HolidayKind
from thanthien.organisation.factories import HolidayFactory, StaffFactory, UnitFactory
from thanthien.organisation.models import Holiday, OpeningHours, Unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MORNING, AFTERNOON = Interval(time(7), time(11)), Interval(time(13), time(17))
MONDAY = date(2026, 3, 2)
WEEK = WeekFacts(valid_from=date(2026, 1, 1), valid_to=None, intervals={0: [MORNING, AFTERNOON], 5: [MORNING]})
FESTIVAL = HolidayFacts(date=date(2026, 3, 4), kind=HolidayKind.OFF, name="Lễ hội")


@pytest.fixture
def unit():
    return UnitFactory(parent=UnitFactory(province=True))


@pytest.fixture
def admin(unit):
    return StaffFactory(unit=unit, unit_admin=True)


def fresh(unit):
    return Unit.objects.get(pk=unit.pk)


def test_hours_hold_at_once_for_the_unit_and_below(unit, admin):
    office = UnitFactory(division=True, parent=unit)
    before = [queries.calendar_for(u).intervals_on(MONDAY) for u in (unit, office, unit.parent)]

    set_opening_hours(unit, WEEK, by=admin, at=AT)

    after = [queries.calendar_for(fresh(u)).intervals_on(MONDAY) for u in (unit, office, unit.parent)]
    assert after == [(MORNING, AFTERNOON), (MORNING, AFTERNOON), before[2]]
    assert before[0] == before[2]


def test_a_period_written_again_is_replaced(unit, admin):
    set_opening_hours(unit, WEEK, by=admin, at=AT)
    shorter = WeekFacts(valid_from=WEEK.valid_from, valid_to=date(2026, 12, 31), intervals={0: [MORNING]})

    set_opening_hours(unit, shorter, by=admin, at=AT)

    [week] = queries.weeks_of(unit)
    assert (week.valid_from, week.valid_to, week.intervals) == (WEEK.valid_from, date(2026, 12, 31), {0: (MORNING,)})


def test_overlapping_intervals_are_joined(unit, admin):
    intervals = {0: [MORNING, Interval(time(10), time(12))]}

    set_opening_hours(unit, WeekFacts(valid_from=MONDAY, valid_to=None, intervals=intervals), by=admin, at=AT)

    assert queries.week_of(unit, MONDAY).intervals == {0: (Interval(time(7), time(12)),)}


def test_a_week_without_hours_is_refused(unit, admin):
    with pytest.raises(Refused, match="ít nhất một buổi"):
        set_opening_hours(unit, WeekFacts(valid_from=MONDAY, valid_to=None, intervals={}), by=admin, at=AT)


def test_a_removed_period_gives_the_usual_hours_back(unit, admin):
    set_opening_hours(unit, WEEK, by=admin, at=AT)

    remove_opening_hours(unit, WEEK.valid_from, by=admin, at=AT)

    assert not OpeningHours.objects.exists()
    assert queries.calendar_for(fresh(unit)).is_working_day(date(2026, 3, 3))


def test_a_holiday_of_the_unit_closes_it_and_nobody_else(unit, admin):
    holiday = add_holiday(unit, FESTIVAL, by=admin, at=AT)

    closed = [queries.calendar_for(fresh(u)).is_working_day(FESTIVAL.date) for u in (unit, unit.parent)]
    assert closed == [False, True]

    remove_holiday(holiday, by=admin, at=AT)
    assert queries.calendar_for(fresh(unit)).is_working_day(FESTIVAL.date)


def test_a_day_is_written_once(unit, admin):
    add_holiday(unit, FESTIVAL, by=admin, at=AT)

    with pytest.raises(Refused, match="Ngày 04/03/2026 đã có: Lễ hội"):
        add_holiday(unit, FESTIVAL, by=admin, at=AT)


def test_a_year_is_imported_once_and_reaches_every_unit(unit):
    by = StaffFactory(superuser=True)
    mark = unit.calendar_version

    counts = import_holidays(2026, by=by, at=AT), import_holidays(2026, by=by, at=AT)

    assert counts == (len(seed_holidays(2026)), 0)
    assert fresh(unit).calendar_version != mark
    assert Holiday.objects.get(date=date(2026, 1, 10)).kind == HolidayKind.MAKE_UP


def test_the_first_day_for_all_brings_the_rest_of_its_year(unit):
    add_holiday(None, FESTIVAL, by=StaffFactory(superuser=True), at=AT)

    calendar = queries.calendar_for(fresh(unit))
    assert [calendar.is_working_day(day) for day in (FESTIVAL.date, date(2026, 9, 2))] == [False, False]


@pytest.mark.parametrize("who", ["unit_admin", "province_admin"])
def test_only_the_installations_administrator_changes_what_holds_for_all(unit, who):
    by = StaffFactory(unit=unit, **{who: True})
    for_all = HolidayFactory(unit=None)

    for change in (
        lambda: add_holiday(None, FESTIVAL, by=by, at=AT),
        lambda: import_holidays(2026, by=by, at=AT),
        lambda: remove_holiday(for_all, by=by, at=AT),
        lambda: set_opening_hours(None, WEEK, by=by, at=AT),
    ):
        with pytest.raises(Refused, match="mọi đơn vị"):
            change()


def test_an_officer_changes_neither_hours_nor_holidays(unit):
    by = StaffFactory(unit=unit)

    for change in (
        lambda: add_holiday(unit, FESTIVAL, by=by, at=AT),
        lambda: set_opening_hours(unit, WEEK, by=by, at=AT),
        lambda: remove_opening_hours(unit, MONDAY, by=by, at=AT),
    ):
        with pytest.raises(Refused, match="Chỉ quản trị của"):
            change()
