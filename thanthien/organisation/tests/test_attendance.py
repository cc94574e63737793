"""When counters are open and attended: own hours inside the unit's, officers away, who stands in."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.working_time import Interval
from thanthien.core.working_time.calendar import merged
from thanthien.organisation import queries
from thanthien.organisation.actions import HolidayFacts, WeekFacts, add_holiday, remove_opening_hours, set_opening_hours
from thanthien.organisation.enums import HolidayKind
from thanthien.organisation.factories import ZONE, AbsenceFactory, CounterFactory, StaffFactory, UnitFactory
from thanthien.organisation.models import Absence, Unit
from thanthien.organisation.queries.attendance import within

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
WEDNESDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 28)
NINE = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)
MORNING, AFTERNOON = Interval(time(7, 30), time(11, 30)), Interval(time(13), time(17))
QUARTER = timedelta(minutes=15)


@pytest.fixture
def counter():
    return CounterFactory(unit=UnitFactory(parent=UnitFactory(province=True)))


@pytest.fixture
def admin(counter):
    return StaffFactory(unit=counter.unit, unit_admin=True)


def mornings_only(counter, admin, **more):
    week = {"valid_from": date(2026, 11, 1), "valid_to": None, "intervals": {n: [MORNING] for n in range(5)}} | more
    set_opening_hours(counter.unit, WeekFacts(**week), counter=counter, by=admin, at=AT)
    return Unit.objects.get(pk=counter.unit_id)


def attendance(counter, unit=None):
    return queries.attendance_of(unit or counter.unit, [counter], WEDNESDAY, WEDNESDAY)


# ---- hours of a counter ------------------------------------------------------------------------------------
def test_a_counter_without_hours_of_its_own_is_open_when_the_unit_is(counter):
    assert queries.counter_hours_on(counter.unit, [counter.pk], WEDNESDAY) == (MORNING, AFTERNOON)
    assert not queries.has_counter_hours(counter.unit)
    assert not queries.keep_own_hours(counter.unit, [counter.pk])


def test_own_hours_hold_for_the_counter_alone_and_leave_the_promises_of_the_unit(counter, admin):
    other = CounterFactory(unit=counter.unit)

    unit = mornings_only(counter, admin)

    hours = [queries.counter_hours_on(unit, [pk], WEDNESDAY) for pk in (counter.pk, other.pk)]
    assert hours == [(MORNING,), (MORNING, AFTERNOON)]
    assert queries.calendar_for(unit).intervals_on(WEDNESDAY) == (MORNING, AFTERNOON)
    assert (queries.weeks_of(unit), len(queries.weeks_of(unit, counter))) == ([], 1)
    assert queries.counters_with_hours(unit) == [(counter, True), (other, False)]


def test_what_lies_outside_the_hours_of_the_unit_does_not_count(counter, admin):
    early = {2: [Interval(time(6), time(9)), Interval(time(11), time(14))], 5: [MORNING]}

    unit = mornings_only(counter, admin, intervals=early)

    assert queries.counter_hours_on(unit, [counter.pk], WEDNESDAY) == (
        Interval(time(7, 30), time(9)),
        Interval(time(11), time(11, 30)),
        Interval(time(13), time(14)),
    )
    assert queries.counter_hours_on(unit, [counter.pk], SATURDAY) == ()


def test_outside_its_period_a_counter_keeps_the_hours_of_the_unit(counter, admin):
    unit = mornings_only(counter, admin, valid_to=date(2026, 11, 24))

    assert queries.counter_hours_on(unit, [counter.pk], WEDNESDAY) == (MORNING, AFTERNOON)


def test_holidays_and_days_made_up_hold_for_counters_too(counter, admin):
    for day, kind in ((WEDNESDAY, HolidayKind.OFF), (SATURDAY, HolidayKind.MAKE_UP)):
        add_holiday(counter.unit, HolidayFacts(date=day, kind=kind, name="Theo thông báo"), by=admin, at=AT)

    unit = mornings_only(counter, admin)

    assert [queries.counter_hours_on(unit, [counter.pk], day) for day in (WEDNESDAY, SATURDAY)] == [(), (MORNING,)]


def test_removed_hours_give_those_of_the_unit_back(counter, admin):
    unit = mornings_only(counter, admin)

    remove_opening_hours(unit, date(2026, 11, 1), counter=counter, by=admin, at=AT)

    unit = Unit.objects.get(pk=unit.pk)
    assert queries.counter_hours_on(unit, [counter.pk], WEDNESDAY) == (MORNING, AFTERNOON)


def test_the_next_opening_of_counters_is_found_or_there_is_none(counter, admin):
    unit = mornings_only(counter, admin, intervals={0: [AFTERNOON]})

    opening = queries.next_counter_opening(unit, [counter.pk], WEDNESDAY)

    assert opening == datetime(2026, 11, 30, 13, 0, tzinfo=ZONE)
    closed = mornings_only(counter, admin, intervals={6: [MORNING]})
    assert queries.next_counter_opening(closed, [counter.pk], WEDNESDAY) is None


# ---- who sits there ----------------------------------------------------------------------------------------
def test_a_counter_to_which_nobody_is_assigned_counts_as_attended(counter):
    found, noon = attendance(counter), NINE.replace(hour=12)

    assert found.is_attended(counter.pk, NINE, NINE + QUARTER)
    assert not found.is_attended(counter.pk, noon, noon + QUARTER)
    assert not found.is_attended(0, NINE, NINE + QUARTER)


def test_a_counter_that_is_not_in_use_is_never_open(counter):
    counter.is_open = False

    assert not attendance(counter).is_open(counter.pk, NINE, NINE + QUARTER)


@pytest.mark.parametrize(
    ("facts", "attended"),
    [
        ({}, False),
        ({"agreed_at": None, "agreed_by": ""}, True),
        ({"cancelled_at": AT, "cancelled_by": "Ai đó"}, True),
        ({"ends_at": NINE}, True),
        ({"starts_at": NINE + QUARTER}, True),
        ({"starts_at": NINE + timedelta(minutes=14)}, False),
    ],
)
def test_an_officer_who_is_away_leaves_the_counter_empty_for_that_while(counter, facts, attended):
    AbsenceFactory(staff=StaffFactory(unit=counter.unit, counter=counter), **facts)

    assert attendance(counter).is_attended(counter.pk, NINE, NINE + QUARTER) is attended
    assert attendance(counter).is_open(counter.pk, NINE, NINE + QUARTER)


def test_a_second_officer_of_the_counter_keeps_it_open(counter):
    away, here = (StaffFactory(unit=counter.unit, counter=counter) for _ in range(2))
    AbsenceFactory(staff=away)
    assert attendance(counter).is_attended(counter.pk, NINE, NINE + QUARTER)

    here.is_active = False
    here.save()

    assert not attendance(counter).is_attended(counter.pk, NINE, NINE + QUARTER)


def test_who_stands_in_keeps_the_counter_open_unless_away_too(counter):
    stand_in, afternoon = StaffFactory(unit=counter.unit), NINE.replace(hour=14)
    AbsenceFactory(staff=StaffFactory(unit=counter.unit, counter=counter), stand_in=stand_in)
    assert attendance(counter).is_attended(counter.pk, NINE, NINE + QUARTER)

    AbsenceFactory(staff=stand_in, starts_at=NINE.replace(hour=12))

    found = attendance(counter)
    assert found.is_attended(counter.pk, NINE, NINE + QUARTER)
    assert not found.is_attended(counter.pk, afternoon, afternoon + QUARTER)


@pytest.mark.parametrize("counters", [1, 3])
def test_attendance_costs_two_statements(counter, counters, django_assert_num_queries):
    held = [counter, *(CounterFactory(unit=counter.unit) for _ in range(counters - 1))]
    for one in held:
        AbsenceFactory(staff=StaffFactory(unit=counter.unit, counter=one))

    with django_assert_num_queries(2):
        found = queries.attendance_of(counter.unit, held, WEDNESDAY, WEDNESDAY)

    assert len(found.away) == counters == Absence.objects.count()


# ---- arithmetic --------------------------------------------------------------------------------------------
MINUTES = st.integers(0, 23 * 60 + 59)


@st.composite
def hours(draw):
    marks = sorted(draw(st.lists(MINUTES, min_size=2, max_size=6, unique=True)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return merged(Interval(*(time(*divmod(mark, 60)) for mark in pair)) for pair in pairs)


def minutes_in(intervals):
    return {m for one in intervals for m in range(24 * 60) if one.start <= time(*divmod(m, 60)) < one.end}


@given(hours(), hours())
def test_shared_hours_are_those_minutes_that_lie_in_both(one, other):
    shared = within(one, other)

    assert minutes_in(shared) == minutes_in(one) & minutes_in(other)
    assert shared == within(other, one)
