"""What holds for every calendar, amount and pause; and agreement with a clock that ticks slowly and plainly."""

import math
import os
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from thanthien.core.working_time import (
    Calendar,
    Interval,
    OpeningPeriod,
    Pause,
    PausePolicy,
    StartRule,
    TimeLimit,
    TimeUnit,
    add_working_hours,
    compute_deadline,
    default_calendar,
    working_hours_between,
)
from thanthien.core.working_time.calendar import ZONE

# Times vary on a busy machine, and the first call makes the default calendar. More examples: EXAMPLES=5000.
proves = settings(deadline=None, max_examples=int(os.environ.get("EXAMPLES", "80")))

STEP = timedelta(minutes=15)
FIRST = datetime(2026, 1, 30, tzinfo=ZONE)  # with Tết two weeks ahead
HOURS_OF_A_DAY = [time(hour, minute) for hour in range(6, 22) for minute in (0, 15, 30, 45)]

moments = st.integers(0, 4 * 24 * 30).map(lambda steps: FIRST + steps * STEP)
quarters = st.integers(1, 160).map(lambda quarter: Decimal(quarter) / 4)
limits = st.builds(TimeLimit, quarters, st.sampled_from(TimeUnit))
pauses = st.lists(
    st.builds(
        lambda start, steps, restarts: Pause(start, start + steps * STEP, restarts=restarts),
        moments, st.integers(0, 4 * 24 * 8), st.booleans(),
    ),
    max_size=4,
)  # fmt: skip
policies, starts = st.sampled_from(PausePolicy), st.sampled_from(StartRule)
rules = st.fixed_dictionaries({"policy": policies, "start": starts})


@st.composite
def hours_of_a_week(draw):
    """Up to three intervals a day; at least one day is worked."""
    week = {}
    for weekday in range(7):
        edges = sorted(draw(st.lists(st.sampled_from(HOURS_OF_A_DAY), unique=True, max_size=6)))
        week[weekday] = list(zip(edges[::2], edges[1::2], strict=False))
    week[draw(st.integers(0, 6))] = [(time(7, 30), time(11, 30))]
    return week


@st.composite
def calendars(draw):
    week = draw(hours_of_a_week())
    days = st.integers(0, 45).map(lambda n: FIRST.date() + timedelta(days=n))
    opening = tuple(OpeningPeriod(w, tuple(Interval(*pair) for pair in pairs)) for w, pairs in week.items())
    off = draw(st.dictionaries(days, st.just("Nghỉ lễ"), max_size=8))
    make_up = draw(st.dictionaries(days, st.just("làm bù"), max_size=3))
    return Calendar(opening, off, make_up)


def due(limit, received, calendar, stops=(), **chosen):
    return compute_deadline(limit, received_at=received, calendar=calendar, pauses=stops, **chosen)


def is_open(calendar, moment):
    return any(i.start < moment.time() <= i.end for i in calendar.intervals_on(moment.date()))


# ---- properties ----------------------------------------------------------------------------------------------
@proves
@given(calendars(), limits, moments, pauses, rules)
def test_a_date_is_never_outside_opening_hours_nor_before_receipt(calendar, limit, received, stops, chosen):
    found = due(limit, received, calendar, stops, **chosen).due

    assert is_open(calendar, found)
    assert found > received


@proves
@given(calendars(), limits, quarters, moments, rules)
def test_a_larger_amount_is_never_due_earlier(calendar, limit, more, received, chosen):
    larger = TimeLimit(limit.amount + more, limit.unit)

    assert due(limit, received, calendar, **chosen).due <= due(larger, received, calendar, **chosen).due


@proves
@given(calendars(), st.integers(1, 20), st.integers(1, 20), st.sampled_from(TimeUnit), moments, pauses, rules)
def test_more_whole_units_are_never_due_earlier_under_pauses(calendar, amount, more, unit, received, stops, chosen):
    smaller, larger = TimeLimit(Decimal(amount), unit), TimeLimit(Decimal(amount + more), unit)

    assert due(smaller, received, calendar, stops, **chosen).due <= due(larger, received, calendar, stops, **chosen).due


@proves
@given(calendars(), limits, moments, pauses, pauses, rules)
def test_adding_a_pause_never_brings_the_date_nearer(calendar, limit, received, stops, added, chosen):
    before = due(limit, received, calendar, stops, **chosen).due

    assert before <= due(limit, received, calendar, [*stops, *added], **chosen).due


@proves
@given(calendars(), limits, moments, st.integers(0, 500), rules)
def test_who_comes_later_is_never_served_earlier(calendar, limit, received, steps, chosen):
    later = due(limit, received + steps * STEP, calendar, **chosen).due

    assert due(limit, received, calendar, **chosen).due <= later


@proves
@given(calendars(), quarters, quarters, moments, pauses)
def test_hours_in_one_step_equal_hours_in_parts(calendar, first, second, start, stops):
    parts = add_working_hours(calendar, add_working_hours(calendar, start, first, stops), second, stops)

    assert parts == add_working_hours(calendar, start, first + second, stops)


@proves
@given(calendars(), st.integers(1, 15), st.integers(1, 15), moments)
def test_working_days_in_one_step_equal_working_days_in_parts(calendar, first, second, received):
    def days(amount, start):
        return due(TimeLimit(Decimal(amount), TimeUnit.WORKING_DAY), start, calendar).due

    assert days(second, days(first, received)) == days(first + second, received)


@proves
@given(calendars(), quarters, moments, pauses)
def test_hours_added_are_the_hours_between(calendar, hours, start, stops):
    end = add_working_hours(calendar, start, hours, stops)

    assert working_hours_between(calendar, start, end, stops) == hours


@proves
@given(moments, pauses, st.integers(1, 20), policies)
def test_whole_days_of_the_default_calendar_end_at_seventeen(received, stops, amount, policy):
    limit = TimeLimit(Decimal(amount), TimeUnit.WORKING_DAY)

    assert due(limit, received, default_calendar(), stops, policy=policy).due.time() == time(17)


@proves
@given(calendars(), limits, moments, pauses, rules)
def test_the_explanation_has_every_day_and_counts_the_whole_limit(calendar, limit, received, stops, chosen):
    deadline = due(limit, received, calendar, stops, **chosen)
    counted = sum(day.counted for day in deadline.explanation)

    length = (deadline.due.date() - received.date()).days + 1
    assert [d.date for d in deadline.explanation] == [received.date() + timedelta(days=n) for n in range(length)]
    assert all(day.counted >= 0 and day.note for day in deadline.explanation)
    match limit.unit:
        case TimeUnit.WORKING_DAY:
            assert counted == limit.amount * 8
        case TimeUnit.HOUR:
            assert counted == limit.amount
        case TimeUnit.DAY:
            assert counted == math.ceil(limit.amount) * 24
        case TimeUnit.SAME_DAY:
            assert counted > 0


@proves
@given(calendars(), limits, moments, pauses, rules)
def test_what_is_stored_is_what_was_computed(calendar, limit, received, stops, chosen):
    deadline = due(limit, received, calendar, stops, **chosen)

    assert type(deadline).from_json(deadline.as_json()) == deadline


@proves
@given(calendars(), limits, moments, pauses, starts)
def test_what_does_not_restart_is_given_back_under_either_policy(calendar, limit, received, stops, start):
    stops = [Pause(stop.start, stop.end, restarts=False) for stop in stops]
    dates = {due(limit, received, calendar, stops, policy=policy, start=start) for policy in PausePolicy}

    assert len(dates) == 1


@proves
@given(calendars(), limits, moments, pauses, starts)
def test_a_restart_counts_from_its_end_and_gives_back_what_stood_still_after_it(
    calendar, limit, received, stops, start
):
    ends = [stop.end for stop in stops if stop.restarts]
    stood = [stop for stop in stops if not stop.restarts]
    chosen = {"policy": PausePolicy.RESTART, "start": start}

    found = due(limit, received, calendar, stops, **chosen).due

    assert found == due(limit, max([received, *ends]), calendar, stood, **chosen).due


# ---- the slow clock ------------------------------------------------------------------------------------------
def tick_slowly(hours_of, start, steps, stops):
    """The end of the n-th quarter of an hour that is worked and not paused, found by looking at each one."""
    for number in count():
        begin = start + number * STEP
        works = any(a <= begin.time() < b for a, b in hours_of(begin.date()))
        steps -= works and not any(pause.start <= begin < pause.end for pause in stops)
        if steps == 0:
            return begin + STEP
    raise AssertionError


@proves
@given(hours_of_a_week(), st.integers(1, 120), moments, pauses)
def test_hours_agree_with_the_slow_clock(week, steps, received, stops):
    opening = tuple(OpeningPeriod(w, tuple(Interval(*pair) for pair in pairs)) for w, pairs in week.items())
    found = due(TimeLimit(Decimal(steps) / 4, TimeUnit.HOUR), received, Calendar(opening), stops).due

    assert found == tick_slowly(lambda day: week[day.weekday()], received, steps, stops)


@proves
@given(st.integers(1, 40), moments, pauses)
def test_working_days_agree_with_the_slow_clock(quarters_of_a_day, received, stops):
    tet = {date(2026, 2, day) for day in range(16, 21)}
    office = [(time(7, 30), time(11, 30)), (time(13), time(17))]
    limit = TimeLimit(Decimal(quarters_of_a_day) / 4, TimeUnit.WORKING_DAY)

    def hours_of(day):
        return office if day.weekday() < 5 and day not in tet else []

    tomorrow = datetime.combine(received.date() + timedelta(days=1), time(), ZONE)
    expected = tick_slowly(hours_of, tomorrow, quarters_of_a_day * 8, stops)
    if quarters_of_a_day % 4 == 0:
        expected = expected.replace(hour=17, minute=0)
    assert due(limit, received, default_calendar(), stops).due == expected
