"""Dates computed by hand, for the cases that systems in the field get wrong (FEATURES 6.1)."""

from datetime import datetime
from decimal import Decimal

import pytest

from thanthien.core.working_time import (
    BadPause,
    BadTimeLimit,
    Calendar,
    NoWorkingTime,
    Pause,
    PausePolicy,
    StartRule,
    StillPaused,
    TimeLimit,
    TimeUnit,
    compute_deadline,
    default_calendar,
    if_answered_at,
    pauses_in_time,
)
from thanthien.core.working_time.calendar import ZONE

AT_ONCE, RESTART = StartRule.AT_ONCE, PausePolicy.RESTART
WORKING_DAY, DAY, HOUR, SAME_DAY = TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.SAME_DAY


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def paused(*spans: str) -> list[Pause]:
    return [Pause(at(span.split("/")[0]), at(span.split("/")[1])) for span in spans]


def due(amount, unit, received, *spans, **rules):
    limit = TimeLimit(Decimal(str(amount)), unit)
    deadline = compute_deadline(
        limit, received_at=at(received), calendar=default_calendar(), pauses=paused(*spans), **rules
    )
    return f"{deadline.due:%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("amount", "received", "expected"),
    [
        # Friday 16:59: Friday is not counted; Monday is day 1.
        (1, "2026-03-06T16:59", "2026-03-09T17:00"),
        # The same hour of a day does not matter: 06:00, 11:30, 12:00 and 23:00 on Monday all begin on Tuesday.
        (1, "2026-03-02T06:00", "2026-03-03T17:00"),
        (1, "2026-03-02T11:30", "2026-03-03T17:00"),
        (1, "2026-03-02T12:00", "2026-03-03T17:00"),
        (1, "2026-03-02T23:00", "2026-03-03T17:00"),
        # A quarter is 2 hours, a half 4, from 07:30.
        (0.25, "2026-03-02T09:00", "2026-03-03T09:30"),
        (0.5, "2026-03-02T09:00", "2026-03-03T11:30"),
        (0.75, "2026-03-02T09:00", "2026-03-03T15:00"),
        # Filed online on Saturday: Monday is day 1, not the day of receipt.
        (1, "2026-03-07T10:00", "2026-03-09T17:00"),
        # Tết 2026 is off from Monday 16/02 to Friday 20/02: 23, 24, 25, 26, 27/02, 02, 03/03 are seven days.
        (7.5, "2026-02-13T16:30", "2026-03-04T11:30"),
        (3, "2026-02-13T16:59", "2026-02-25T17:00"),
        (1, "2026-02-15T08:00", "2026-02-23T17:00"),
        (1, "2026-02-18T08:00", "2026-02-23T17:00"),
        # Year end: 01/01 holiday, 02/01 swapped, 03–04/01 weekend; so 05 and 06/01.
        (2, "2025-12-31T10:00", "2026-01-06T17:00"),
        # Saturday 10/01/2026 is worked for 02/01, Saturday 22/08/2026 for 31/08.
        (2, "2026-01-08T10:00", "2026-01-10T17:00"),
        (2, "2026-08-20T10:00", "2026-08-22T17:00"),
        (1, "2026-08-28T10:00", "2026-09-03T17:00"),
        # 24/11 is a holiday from 2026 on; in 2025 it was an ordinary Monday.
        (1, "2026-11-23T10:00", "2026-11-25T17:00"),
        (1, "2025-11-23T10:00", "2025-11-24T17:00"),
        # Giỗ Tổ 26/04/2026 falls on a Sunday, so Monday 27/04 is off in lieu.
        (1, "2026-04-24T10:00", "2026-04-28T17:00"),
        # 29/04; then 30/04, 01/05 and the weekend; 04/05.
        (2, "2026-04-28T10:00", "2026-05-04T17:00"),
    ],
)
def test_working_days_begin_on_the_working_day_after_receipt(amount, received, expected):
    assert due(amount, WORKING_DAY, received) == expected


@pytest.mark.parametrize(
    ("amount", "received", "expected"),
    [
        # One minute on Friday, 7 hours 59 on Monday: 4 before 11:30, 3:59 after 13:00.
        (1, "2026-03-06T16:59", "2026-03-09T16:59"),
        (1, "2026-03-02T06:00", "2026-03-02T17:00"),
        # Four hours in the afternoon, whether received at the end of the morning or during lunch.
        (0.5, "2026-03-03T11:30", "2026-03-03T17:00"),
        (0.5, "2026-03-03T12:00", "2026-03-03T17:00"),
        (0.25, "2026-03-03T11:00", "2026-03-03T14:30"),
        # Half an hour on the eve of Tết, 7:30 on Monday 23/02: 4 + 3:30.
        (1, "2026-02-13T16:30", "2026-02-23T16:30"),
    ],
)
def test_a_unit_that_counts_at_once_counts_from_the_hour_of_receipt(amount, received, expected):
    assert due(amount, WORKING_DAY, received, start=AT_ONCE) == expected


@pytest.mark.parametrize(
    ("amount", "received", "expected"),
    [
        (1, "2026-03-06T16:59", "2026-03-09T08:29"),
        (1, "2026-03-03T11:30", "2026-03-03T14:00"),
        (1, "2026-03-03T12:00", "2026-03-03T14:00"),
        (4, "2026-03-03T06:00", "2026-03-03T11:30"),
        (8, "2026-02-13T16:30", "2026-02-23T16:30"),
        # Worked Saturday 10/01: one hour there, one on Monday.
        (2, "2026-01-10T16:00", "2026-01-12T08:30"),
        # 20 minutes and 24 seconds.
        (0.34, "2026-03-03T08:00", "2026-03-03T08:20"),
    ],
)
def test_hours_count_from_receipt_or_the_next_opening(amount, received, expected):
    assert due(amount, HOUR, received) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-03-03T06:00", "2026-03-03T17:00"),
        ("2026-03-03T11:30", "2026-03-03T17:00"),
        ("2026-03-03T12:59", "2026-03-03T17:00"),
        ("2026-03-03T14:59", "2026-03-03T17:00"),
        ("2026-03-03T15:00", "2026-03-04T17:00"),
        ("2026-03-03T16:59", "2026-03-04T17:00"),
        ("2026-03-03T17:00", "2026-03-04T17:00"),
        ("2026-03-07T10:00", "2026-03-09T17:00"),
        ("2026-02-13T14:59", "2026-02-13T17:00"),
        ("2026-02-13T15:01", "2026-02-23T17:00"),
        ("2026-02-13T17:30", "2026-02-23T17:00"),
    ],
)
def test_same_day_means_before_fifteen_o_clock(received, expected):
    assert due(1, SAME_DAY, received) == expected


@pytest.mark.parametrize(
    ("amount", "received", "expected"),
    [
        # 03 + 5 = 08/03, a Sunday: Monday.
        (5, "2026-03-03T09:00", "2026-03-09T17:00"),
        (30, "2026-03-03T09:00", "2026-04-02T17:00"),
        # 10 + 7 = 17/02, the first day of Tết: Monday 23/02.
        (7, "2026-02-10T09:00", "2026-02-23T17:00"),
        # 18/12 + 23 = Saturday 10/01/2026, which is worked.
        (23, "2025-12-18T09:00", "2026-01-10T17:00"),
        # Received after closing is still received that day.
        (1, "2026-03-03T22:00", "2026-03-04T17:00"),
        # Half a day counts as a whole one.
        (0.5, "2026-03-03T09:00", "2026-03-04T17:00"),
    ],
)
def test_calendar_days_end_at_closing_time_and_never_on_a_rest_day(amount, received, expected):
    assert due(amount, DAY, received) == expected


@pytest.mark.parametrize(
    ("amount", "received", "spans", "expected"),
    [
        # Overnight, at lunch, over the weekend, over Tết: no working time lost.
        (3, "2026-03-02T09:00", ["2026-03-03T17:00/2026-03-04T07:30"], "2026-03-05T17:00"),
        (3, "2026-03-02T09:00", ["2026-03-03T11:30/2026-03-03T13:00"], "2026-03-05T17:00"),
        (3, "2026-03-04T09:00", ["2026-03-06T17:00/2026-03-09T07:30"], "2026-03-09T17:00"),
        (3, "2026-02-11T09:00", ["2026-02-13T17:00/2026-02-23T07:30"], "2026-02-23T17:00"),
        # Friday 16:00 to Monday 09:00 loses 1 + 1:30: Tuesday 10:00, rounded up.
        (3, "2026-03-04T09:00", ["2026-03-06T16:00/2026-03-09T09:00"], "2026-03-10T17:00"),
        # A part of a day is not rounded: Thursday 8, Friday 7, then 5 hours from Monday 09:00.
        (2.5, "2026-03-04T09:00", ["2026-03-06T16:00/2026-03-09T09:00"], "2026-03-09T15:30"),
        # Over Tết from Friday 13:00 to Monday 13:00: 4 + 4 hours.
        (3, "2026-02-11T09:00", ["2026-02-13T13:00/2026-02-23T13:00"], "2026-02-24T17:00"),
        # Overlapping and nested: 08:00 to 11:00 once, 3 hours. 1.5 days: Wednesday 11:30 becomes 16:00.
        (
            1.5,
            "2026-03-02T09:00",
            [
                "2026-03-03T09:00/2026-03-03T11:00",
                "2026-03-03T08:00/2026-03-03T10:00",
                "2026-03-03T09:15/2026-03-03T09:30",
            ],
            "2026-03-04T16:00",
        ),
        # Over before receipt; on the day of receipt, which is not counted; after the date.
        (1, "2026-03-02T09:00", ["2026-02-27T08:00/2026-03-02T08:00"], "2026-03-03T17:00"),
        (1, "2026-03-02T09:00", ["2026-03-02T10:00/2026-03-02T16:00"], "2026-03-03T17:00"),
        (1, "2026-03-02T09:00", ["2026-03-03T17:00/2026-03-13T16:00"], "2026-03-03T17:00"),
        # Begun before receipt: Tuesday loses 2 hours.
        (1, "2026-03-02T09:00", ["2026-03-02T08:00/2026-03-03T09:30"], "2026-03-04T17:00"),
        # Longer than everything: 4 hours on Friday 20/03 after 12:00, 4 on Monday 23/03, rounded up.
        (1, "2026-03-02T09:00", ["2026-03-02T10:00/2026-03-20T12:00"], "2026-03-23T17:00"),
        # Ends on Saturday night: 7 hours on Tuesday 03/03, 8 on Monday 09/03, 1 on Tuesday 10/03.
        (2, "2026-03-02T09:00", ["2026-03-03T16:00/2026-03-07T20:00"], "2026-03-10T17:00"),
        # Of no length.
        (2, "2026-03-02T09:00", ["2026-03-03T16:00/2026-03-03T16:00"], "2026-03-04T17:00"),
    ],
)
def test_paused_working_time_does_not_count(amount, received, spans, expected):
    assert due(amount, WORKING_DAY, received, *spans) == expected


def test_hours_are_shifted_without_rounding():
    # 08:00–09:00, then 10:00–11:30, then 1:30 from 13:00.
    assert due(4, HOUR, "2026-03-02T08:00", "2026-03-02T09:00/2026-03-02T10:00") == "2026-03-02T14:30"


def test_a_pause_on_a_same_day_dossier_moves_it_to_a_closing_time():
    # 10:00–11:30 and 13:00–14:00 are lost: Tuesday 10:00, rounded up.
    assert due(1, SAME_DAY, "2026-03-02T09:00", "2026-03-02T10:00/2026-03-02T14:00") == "2026-03-03T17:00"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        # 16 working hours are given back after Thursday 12/03: Friday and Monday.
        ("2026-03-04T08:00/2026-03-06T08:00", "2026-03-16T17:00"),
        # A weekend holds no working time.
        ("2026-03-06T17:00/2026-03-09T07:30", "2026-03-12T17:00"),
        # One hour: Friday 08:30, rounded up.
        ("2026-03-04T08:00/2026-03-04T09:00", "2026-03-13T17:00"),
    ],
)
def test_calendar_days_get_the_paused_working_time_back(span, expected):
    assert due(10, DAY, "2026-03-02T09:00", span) == expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("2026-03-02T12:00/2026-03-02T12:30", "2026-03-03T10:00"),
        # Tuesday 11:00, rounded up.
        ("2026-03-02T14:00/2026-03-02T15:00", "2026-03-03T17:00"),
    ],
)
def test_whole_days_counted_at_once_are_rounded_only_when_a_pause_shifts_them(span, expected):
    assert due(1, WORKING_DAY, "2026-03-02T10:00", span, start=AT_ONCE) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "spans", "expected"),
    [
        # Ended on Friday 06/03 (or the Saturday after): 09, 10, 11/03.
        (3, WORKING_DAY, ["2026-03-03T08:00/2026-03-06T10:00"], "2026-03-11T17:00"),
        (3, WORKING_DAY, ["2026-03-03T08:00/2026-03-07T10:00"], "2026-03-11T17:00"),
        # The end that counts is the last one, whichever began last.
        (
            3,
            WORKING_DAY,
            ["2026-03-03T08:00/2026-03-06T10:00", "2026-03-04T08:00/2026-03-05T10:00"],
            "2026-03-11T17:00",
        ),
        (2, HOUR, ["2026-03-03T08:00/2026-03-06T16:00"], "2026-03-09T08:30"),
        (5, DAY, ["2026-03-03T08:00/2026-03-06T16:00"], "2026-03-11T17:00"),
        (1, SAME_DAY, ["2026-03-02T10:00/2026-03-06T14:00"], "2026-03-06T17:00"),
        (1, SAME_DAY, ["2026-03-02T10:00/2026-03-06T15:30"], "2026-03-09T17:00"),
        # Over before receipt: counted from receipt.
        (3, WORKING_DAY, ["2026-02-26T08:00/2026-02-27T10:00"], "2026-03-05T17:00"),
    ],
)
def test_restart_counts_the_whole_limit_again_from_the_last_end(amount, unit, spans, expected):
    assert due(amount, unit, "2026-03-02T09:00", *spans, policy=RESTART) == expected


def test_under_restart_the_wait_for_another_agency_is_only_given_back():
    """Monday 02/03: 3, 4, 5, 6, 9/3. A whole working day is lost on 04/03 to the agency: 10/3. A supplement that ends
    on 06/03 starts anew: 9, 10, 11, 12, 13/3; the agency's day on 10/03 then makes it 16/3."""
    agency = [Pause(at("2026-03-04T07:30"), at("2026-03-04T17:00"), restarts=False)]
    then = [*agency, *paused("2026-03-05T08:00/2026-03-06T10:00")]
    later = [*then, Pause(at("2026-03-10T07:30"), at("2026-03-10T17:00"), restarts=False)]
    limit, known = TimeLimit(Decimal(5), WORKING_DAY), {"calendar": default_calendar(), "policy": RESTART}

    dates = [
        compute_deadline(limit, received_at=at("2026-03-02T09:00"), pauses=stops, **known).due
        for stops in (agency, then, later)
    ]

    assert [f"{date:%d/%m %H:%M}" for date in dates] == ["10/03 17:00", "13/03 17:00", "16/03 17:00"]


def test_restart_at_once_is_not_rounded():
    span = "2026-03-03T08:00/2026-03-06T16:00"

    assert due(1, WORKING_DAY, "2026-03-02T09:00", span, policy=RESTART, start=AT_ONCE) == "2026-03-09T16:00"


def test_a_date_is_promised_to_the_full_second():
    received = at("2026-03-02T09:00:00").replace(microsecond=1)

    deadline = compute_deadline(TimeLimit(Decimal(1), HOUR), received_at=received, calendar=default_calendar())

    assert deadline.due.isoformat() == "2026-03-02T10:00:01+07:00"


def test_a_moment_in_another_zone_is_read_in_ours():
    received = datetime.fromisoformat("2026-03-03T08:00:00+00:00")  # 15:00 here

    deadline = compute_deadline(TimeLimit.same_day(), received_at=received, calendar=default_calendar())

    assert deadline.due.isoformat() == "2026-03-04T17:00:00+07:00"


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"):
        compute_deadline(TimeLimit.same_day(), received_at=datetime(2026, 3, 3), calendar=default_calendar())


def test_while_a_pause_is_open_the_date_is_not_known_but_can_be_foretold():
    limit, pauses = TimeLimit(Decimal(3), WORKING_DAY), [Pause(at("2026-03-03T07:30"), None, "chờ nộp thuế")]
    rules = {"received_at": at("2026-03-02T09:00"), "calendar": default_calendar()}

    with pytest.raises(StillPaused) as refusal:
        compute_deadline(limit, pauses=pauses, **rules)
    foretold = compute_deadline(limit, pauses=if_answered_at(pauses, at("2026-03-04T07:30")), **rules)

    assert str(refusal.value) == "Đang tạm dừng (chờ nộp thuế): ngày hẹn được tính khi hết tạm dừng."
    assert foretold.due == at("2026-03-06T17:00")


def test_only_pauses_that_began_in_time_are_kept():
    limit, rules = TimeLimit(Decimal(1), WORKING_DAY), {"calendar": default_calendar(), "policy": RESTART}
    in_time, late = paused("2026-03-03T08:00/2026-03-04T10:00", "2026-03-06T08:00/2026-03-09T10:00")

    kept = pauses_in_time(limit, received_at=at("2026-03-02T09:00"), pauses=[late, in_time], **rules)

    # The first moves the date from 03/03 to 05/03; the second begins on 06/03.
    assert kept == (in_time,)


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity", "-Infinity"])
def test_a_limit_is_a_number_above_zero(amount):
    with pytest.raises(BadTimeLimit, match="Thời hạn phải là một số lớn hơn 0."):
        TimeLimit(Decimal(amount), WORKING_DAY)


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (TimeLimit(Decimal("10.00"), WORKING_DAY), "10 ngày làm việc"),
        (TimeLimit(Decimal("7.50"), HOUR), "7,5 giờ làm việc"),
        (TimeLimit.same_day(), "trong ngày"),
    ],
)
def test_a_limit_is_written_in_vietnamese(limit, text):
    assert str(limit) == text


def test_a_limit_beyond_reason_is_refused():
    with pytest.raises(BadTimeLimit, match="Thời hạn quá dài: tối đa 2.000 ngày làm việc."):
        TimeLimit(Decimal("2000.25"), WORKING_DAY)


def test_a_pause_does_not_end_before_it_begins():
    with pytest.raises(BadPause, match="Thời điểm hết tạm dừng phải sau thời điểm bắt đầu tạm dừng."):
        paused("2026-03-04T08:00/2026-03-03T08:00")


@pytest.mark.parametrize("unit", TimeUnit)
def test_a_calendar_without_work_is_an_error_and_not_an_endless_search(unit):
    with pytest.raises(NoWorkingTime, match="Trong 10 năm kể từ .* không đủ giờ làm việc"):
        compute_deadline(TimeLimit(Decimal(1), unit), received_at=at("2026-03-02T09:00"), calendar=Calendar(opening=()))


def test_a_calendar_changed_afterwards_changes_only_what_is_computed_afterwards():
    limit, received, before = TimeLimit(Decimal(2), WORKING_DAY), at("2026-03-02T09:00"), default_calendar()
    promised = compute_deadline(limit, received_at=received, calendar=before)
    stored = promised.as_json()

    after = Calendar(
        before.opening, {**before.days_off, at("2026-03-04T00:00").date(): "Nghỉ tránh bão"}, before.make_up
    )
    again = compute_deadline(limit, received_at=received, calendar=after)

    assert (promised.due, again.due) == (at("2026-03-04T17:00"), at("2026-03-05T17:00"))
    assert type(promised).from_json(stored) == promised
    assert [day.note for day in again.explanation][2] == "Nghỉ tránh bão"
