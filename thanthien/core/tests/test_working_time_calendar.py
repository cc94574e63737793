from datetime import date, datetime, time
from decimal import Decimal

import pytest

from thanthien.core.working_time import (
    Calendar,
    HolidaySeed,
    Interval,
    OpeningPeriod,
    Pause,
    StartRule,
    TimeLimit,
    TimeUnit,
    WorkingTimeError,
    add_working_hours,
    compute_deadline,
    default_calendar,
    next_working_day,
    seed_holidays,
    working_day_before,
    working_days_between,
    working_hours_between,
)
from thanthien.core.working_time.calendar import ZONE

SATURDAY = 5
MORNING, AFTERNOON = Interval(time(7), time(11)), Interval(time(13), time(17))
SHORT_MORNING = Interval(time(7, 30), time(11, 30))
SHORT_AFTERNOON = Interval(time(13, 30), time(17))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def week(*intervals, **period):
    return tuple(OpeningPeriod(weekday, intervals, **period) for weekday in range(5))


def working_days(amount, received, calendar, **rules):
    limit = TimeLimit(Decimal(str(amount)), TimeUnit.WORKING_DAY)
    return compute_deadline(limit, received_at=at(received), calendar=calendar, **rules)


# ---- opening hours -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-03T06:00", "2026-03-03T07:30"),
        ("2026-03-03T07:30", "2026-03-03T07:30"),
        ("2026-03-03T10:15", "2026-03-03T10:15"),
        ("2026-03-03T11:30", "2026-03-03T13:00"),
        ("2026-03-06T17:00", "2026-03-09T07:30"),
        ("2026-02-13T17:00", "2026-02-23T07:30"),
    ],
)
def test_the_next_opening_is_now_while_open(moment, opening):
    assert default_calendar().next_opening(at(moment)) == at(opening)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 3), ""),
        (date(2026, 1, 10), ""),
        (date(2026, 3, 7), "Thứ Bảy"),
        (date(2026, 3, 8), "Chủ nhật"),
        (date(2026, 1, 2), "Nghỉ hoán đổi, làm bù ngày 10/01/2026"),
        (date(2026, 2, 17), "Nghỉ mùng một Tết Nguyên đán"),
        (date(2026, 4, 27), "Nghỉ bù Giỗ Tổ Hùng Vương"),
        (date(2026, 8, 31), "Nghỉ hoán đổi, làm bù ngày 22/08/2026"),
        (date(2026, 9, 2), "Nghỉ Quốc khánh"),
        (date(2025, 2, 1), "Nghỉ mùng bốn Tết Nguyên đán"),
    ],
)
def test_a_closed_day_says_why(day, why):
    calendar = default_calendar()

    assert calendar.why_closed(day) == why
    assert calendar.is_working_day(day) is (why == "")


def test_a_weekday_without_hours_says_that_the_office_is_closed():
    calendar = Calendar(tuple(OpeningPeriod(weekday, (MORNING,)) for weekday in (0, 1, 3, 4)))

    assert calendar.why_closed(date(2026, 3, 4)) == "Thứ Tư: cơ quan không làm việc"


def test_closing_is_the_end_of_the_last_hours():
    assert default_calendar().closing(date(2026, 3, 3)) == at("2026-03-03T17:00")


def test_a_closed_day_has_no_closing():
    with pytest.raises(WorkingTimeError, match="Ngày 07/03/2026 cơ quan không làm việc."):
        default_calendar().closing(date(2026, 3, 7))


def test_a_make_up_saturday_has_the_hours_of_friday_even_where_saturday_mornings_are_open():
    opening = (*week(MORNING, AFTERNOON), OpeningPeriod(SATURDAY, (MORNING,)))
    calendar = Calendar(opening, make_up={date(2026, 8, 22): "làm bù"})

    assert calendar.intervals_on(date(2026, 8, 15)) == (MORNING,)
    assert calendar.intervals_on(date(2026, 8, 22)) == (MORNING, AFTERNOON)


def test_a_make_up_day_wins_over_a_day_off():
    day = date(2026, 8, 22)

    assert Calendar(week(MORNING), days_off={day: "Nghỉ"}, make_up={day: "làm bù"}).is_working_day(day)


def test_a_make_up_day_of_an_office_without_hours_is_closed():
    assert not Calendar((), make_up={date(2026, 8, 22): "làm bù"}).is_working_day(date(2026, 8, 22))


def test_hours_of_a_later_period_replace_the_usual_ones_while_they_hold():
    summer = week(MORNING, valid_from=date(2026, 6, 1), valid_to=date(2026, 8, 31))
    calendar = Calendar((*week(SHORT_MORNING, AFTERNOON), *summer))

    hours = [calendar.intervals_on(day) for day in (date(2026, 5, 29), date(2026, 6, 1), date(2026, 8, 31))]

    assert hours == [(SHORT_MORNING, AFTERNOON), (MORNING,), (MORNING,)]
    assert calendar.intervals_on(date(2026, 9, 1)) == (SHORT_MORNING, AFTERNOON)


def test_a_later_period_without_hours_closes_the_weekday():
    calendar = Calendar((*week(MORNING), OpeningPeriod(2, (), valid_from=date(2026, 3, 1))))

    assert (calendar.intervals_on(date(2026, 2, 25)), calendar.intervals_on(date(2026, 3, 4))) == ((MORNING,), ())


def test_hours_given_one_by_one_add_up_in_order_and_are_joined_where_they_touch():
    noon = Interval(time(10), time(13))
    calendar = Calendar((*week(AFTERNOON), *week(MORNING), *week(noon)))

    assert calendar.intervals_on(date(2026, 3, 3)) == (Interval(time(7), time(17)),)


@pytest.mark.parametrize(("start", "end"), [(time(11), time(11)), (time(11), time(7)), (time(7), time(11, 0, 0, 1))])
def test_an_interval_ends_after_it_begins_at_a_full_second(start, end):
    with pytest.raises(WorkingTimeError, match="Giờ đóng cửa phải sau giờ mở cửa, tính đến giây."):
        Interval(start, end)


# ---- days that are not eight hours long ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "due"),
    [
        # Friday, then Saturday's four hours: a working day ends when the office closes.
        (2, "2026-03-07T11:00"),
        # Half of a morning of four hours.
        (1.5, "2026-03-07T09:00"),
        (3, "2026-03-09T17:00"),
    ],
)
def test_a_saturday_morning_is_a_working_day_of_its_own_length(amount, due):
    calendar = Calendar((*week(MORNING, AFTERNOON), OpeningPeriod(SATURDAY, (MORNING,))))

    deadline = working_days(amount, "2026-03-05T09:00", calendar)

    assert deadline.due == at(due)
    assert sum(day.counted for day in deadline.explanation) == Decimal(str(amount)) * 8


@pytest.mark.parametrize(
    ("amount", "due"),
    [
        (1, "2026-03-03T17:00"),
        # Half of 7:30 is 3:45.
        (0.5, "2026-03-03T11:15"),
        (10, "2026-03-16T17:00"),
    ],
)
def test_a_day_of_seven_and_a_half_hours_is_a_whole_working_day(amount, due):
    assert working_days(amount, "2026-03-02T09:00", Calendar(week(SHORT_MORNING, SHORT_AFTERNOON))).due == at(due)


def test_a_part_of_a_short_day_counts_in_proportion():
    calendar = Calendar(week(SHORT_MORNING, SHORT_AFTERNOON))
    pause = Pause(at("2026-03-03T07:30"), at("2026-03-03T09:00"))

    deadline = working_days(1.5, "2026-03-02T09:00", calendar, pauses=[pause])

    # Tuesday gives 6 of 7.5 hours, 0.8 of a day; the other 0.7 are 5:15 on Wednesday: 4 and 1:15 from 13:30.
    assert deadline.due == at("2026-03-04T14:45")
    assert [float(day.counted) for day in deadline.explanation] == [0, 6.4, 5.6]


def test_hours_are_real_hours_whatever_the_length_of_the_day():
    calendar = Calendar(week(SHORT_MORNING, SHORT_AFTERNOON))
    limit = TimeLimit(Decimal(8), TimeUnit.HOUR)

    assert compute_deadline(limit, received_at=at("2026-03-02T07:30"), calendar=calendar).due == at("2026-03-03T08:00")


def test_at_once_on_short_days_ends_at_the_same_hour():
    calendar = Calendar(week(SHORT_MORNING, SHORT_AFTERNOON))

    assert working_days(2, "2026-03-02T09:10", calendar, start=StartRule.AT_ONCE).due == at("2026-03-04T09:10")


# ---- measuring -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-03T08:00", "2026-03-03T08:00", "0"),
        ("2026-03-03T09:00", "2026-03-03T08:00", "0"),
        ("2026-03-03T11:00", "2026-03-03T13:30", "1"),
        ("2026-03-06T16:59", "2026-03-09T07:31", "0.03333333333333333333333333333"),
        ("2026-03-02T00:00", "2026-03-09T00:00", "40"),
        # Over Tết.
        ("2026-02-13T16:00", "2026-02-23T08:30", "2"),
    ],
)
def test_working_hours_between_two_moments(start, end, hours):
    assert working_hours_between(default_calendar(), at(start), at(end)) == Decimal(hours)


def test_an_open_pause_lasts_to_the_end_of_what_is_measured():
    pauses = [Pause(at("2026-03-03T10:00"), None), Pause(at("2026-03-05T10:00"), None)]

    assert working_hours_between(default_calendar(), at("2026-03-03T08:00"), at("2026-03-04T17:00"), pauses) == 2


def test_no_hours_added_is_the_same_moment():
    assert add_working_hours(default_calendar(), at("2026-03-07T08:00"), Decimal(0)) == at("2026-03-07T08:00")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 2), date(2026, 3, 9), 5),
        (date(2026, 3, 9), date(2026, 3, 2), -5),
        (date(2026, 2, 13), date(2026, 2, 24), 2),
    ],
)
def test_working_days_between_two_dates(start, end, days):
    assert working_days_between(default_calendar(), start, end) == days


def test_the_working_days_beside_a_day():
    calendar = default_calendar()

    assert next_working_day(calendar, date(2026, 2, 13)) == date(2026, 2, 23)
    assert working_day_before(calendar, date(2026, 2, 23)) == date(2026, 2, 13)
    assert working_day_before(calendar, date(2026, 2, 24), days=3) == date(2026, 2, 12)


# ---- holidays ------------------------------------------------------------------------------------------------
def test_the_days_off_of_2026_are_those_of_the_law_and_the_decided_swaps():
    off = " ".join(f"{seed.date:%d/%m}" for seed in seed_holidays(2026) if seed.kind == "off")

    assert off == "01/01 02/01 16/02 17/02 18/02 19/02 20/02 26/04 27/04 30/04 01/05 31/08 01/09 02/09 24/11"


@pytest.mark.parametrize(
    ("year", "worked"),
    [
        (2023, []),
        (2024, [date(2024, 5, 4)]),
        (2025, [date(2025, 4, 26)]),
        (2026, [date(2026, 1, 10), date(2026, 8, 22)]),
        (2027, []),
    ],
)
def test_make_up_days_are_only_those_of_the_year_asked_for(year, worked):
    assert [seed.date for seed in seed_holidays(year) if seed.kind == "make_up"] == worked


def test_a_seed_names_what_it_is_and_where_it_comes_from():
    seeds = {seed.date: seed for seed in seed_holidays(2026)}

    official = "Văn bản 12729/VPCP-KGVX ngày 25/12/2025"
    assert seeds[date(2026, 1, 2)] == HolidaySeed(
        date(2026, 1, 2), "off", "Nghỉ hoán đổi, làm bù ngày 10/01/2026", official
    )
    assert seeds[date(2026, 8, 22)] == HolidaySeed(
        date(2026, 8, 22), "make_up", "làm bù cho ngày 31/08/2026", "Bộ luật Lao động 2019 Điều 112 (gói holidays)"
    )


def test_the_default_calendar_knows_tet_of_every_year_it_serves():
    calendar = default_calendar()

    # The first day of Tết, from the lunar calendar.
    new_year = [date(2020, 1, 25), date(2023, 1, 22), date(2027, 2, 6), date(2028, 1, 26), date(2030, 2, 2)]
    assert [calendar.days_off[day] for day in new_year] == ["mùng một Tết Nguyên đán"] * 5
