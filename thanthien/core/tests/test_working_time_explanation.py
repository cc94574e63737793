"""What officer and citizen read about a date."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from thanthien.core.working_time import (
    Calendar,
    Deadline,
    OpeningPeriod,
    Pause,
    PausePolicy,
    StartRule,
    TimeLimit,
    TimeUnit,
    compute_deadline,
    default_calendar,
    summary,
)
from thanthien.core.working_time.calendar import ZONE

AT_ONCE, RESTART = StartRule.AT_ONCE, PausePolicy.RESTART
WORKING_DAY, DAY, HOUR, SAME_DAY = TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.SAME_DAY
LAW = "(Bộ luật Dân sự Điều 147)"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def deadline_of(amount, unit, received, *spans, **rules):
    pauses = [Pause(*(at(end) for end in span.split("/"))) for span in spans]
    limit = TimeLimit(Decimal(str(amount)), unit)
    rules = {"calendar": default_calendar()} | rules
    return compute_deadline(limit, received_at=at(received), pauses=pauses, **rules), limit


def rows(*args, **rules):
    deadline, _limit = deadline_of(*args, **rules)
    return [(f"{d.date:%d/%m}", float(d.counted), str(d.kind), d.note) for d in deadline.explanation]


def said(*args, **rules):
    return summary(*deadline_of(*args, **rules))


# ---- day by day ----------------------------------------------------------------------------------------------
def test_every_day_from_receipt_to_the_date_says_whether_it_counts_and_why():
    assert rows(1.5, WORKING_DAY, "2025-12-31T09:00") == [
        ("31/12", 0, "received", f"Ngày tiếp nhận không tính {LAW}"),
        ("01/01", 0, "holiday", "Nghỉ Tết Dương lịch"),
        ("02/01", 0, "holiday", "Nghỉ hoán đổi, làm bù ngày 10/01/2026"),
        ("03/01", 0, "weekend", "Thứ Bảy"),
        ("04/01", 0, "weekend", "Chủ nhật"),
        ("05/01", 8, "counted", "Ngày làm việc thứ 1"),
        ("06/01", 4, "due", "Tính 4 giờ; hạn trả 11:30"),
    ]


def test_a_worked_saturday_says_what_it_makes_up_for():
    assert rows(1, WORKING_DAY, "2026-01-09T09:00")[1] == (
        *("10/01", 8, "due"),
        "Ngày làm việc thứ 1 (Thứ Bảy: làm bù cho ngày 02/01/2026); hạn trả 17:00",
    )


def test_a_pause_shows_on_the_days_that_it_took():
    assert rows(2, WORKING_DAY, "2026-03-03T09:00", "2026-03-04T10:00/2026-03-06T08:15") == [
        ("03/03", 0, "received", f"Ngày tiếp nhận không tính {LAW}"),
        ("04/03", 2.5, "counted", "Tính 2 giờ 30 phút; tạm dừng 5 giờ 30 phút: chờ bổ sung giấy tờ"),
        ("05/03", 0, "paused", "Tạm dừng: chờ bổ sung giấy tờ"),
        ("06/03", 7.25, "counted", "Tính 7 giờ 15 phút; tạm dừng 45 phút: chờ bổ sung giấy tờ"),
        ("07/03", 0, "weekend", "Thứ Bảy"),
        ("08/03", 0, "weekend", "Chủ nhật"),
        ("09/03", 6.25, "due", "Tính 6 giờ 15 phút; hạn trả 17:00, làm tròn đến hết giờ làm việc"),
    ]


def test_a_whole_day_counted_at_once_is_not_called_rounded():
    assert rows(1, WORKING_DAY, "2026-03-03T10:00", start=AT_ONCE)[-1][3] == "Tính 2 giờ 30 phút; hạn trả 10:00"


def test_two_pauses_on_a_day_name_both_reasons_and_count_once():
    pauses = [
        Pause(at("2026-03-04T08:00"), at("2026-03-04T09:00"), "chờ bổ sung giấy tờ"),
        Pause(at("2026-03-04T08:30"), at("2026-03-04T09:30"), "chờ nộp thuế"),
    ]
    limit = TimeLimit(Decimal("0.5"), WORKING_DAY)

    deadline = compute_deadline(limit, received_at=at("2026-03-03T09:00"), calendar=default_calendar(), pauses=pauses)

    assert deadline.explanation[1].note == (
        "Tính 4 giờ; tạm dừng 1 giờ 30 phút: chờ bổ sung giấy tờ, chờ nộp thuế; hạn trả 14:30"
    )


def test_a_restart_shows_what_is_given_up():
    assert rows(1, WORKING_DAY, "2026-03-02T09:00", "2026-03-04T07:30/2026-03-05T10:00", policy=RESTART) == [
        ("02/03", 0, "restarted", "Ngày tiếp nhận; đếm lại từ đầu sau khi hết tạm dừng"),
        ("03/03", 0, "restarted", "Không tính: đếm lại từ đầu sau khi hết tạm dừng"),
        ("04/03", 0, "paused", "Tạm dừng: chờ bổ sung giấy tờ"),
        ("05/03", 0, "received", f"Ngày hết tạm dừng không tính {LAW}"),
        ("06/03", 8, "due", "Ngày làm việc thứ 1; hạn trả 17:00"),
    ]


def test_received_on_a_rest_day_says_both():
    assert rows(1, WORKING_DAY, "2026-03-08T09:00")[0] == (
        *("08/03", 0, "received"),
        f"Chủ nhật; ngày tiếp nhận không tính {LAW}",
    )


@pytest.mark.parametrize(
    ("unit", "received", "rules", "note"),
    [
        (HOUR, "2026-03-03T17:30", {}, "Ngày tiếp nhận: ngoài giờ làm việc"),
        (HOUR, "2026-03-08T09:00", {}, "Chủ nhật; ngày tiếp nhận: ngoài giờ làm việc"),
        (HOUR, "2026-03-03T16:30", {}, "Tính 30 phút"),
        (HOUR, "2026-03-03T16:59:30", {}, "Tính 0,0083 giờ"),
        (WORKING_DAY, "2026-03-03T17:30", {"start": AT_ONCE}, "Ngày tiếp nhận: ngoài giờ làm việc"),
        (SAME_DAY, "2026-03-03T15:30", {}, "Ngày tiếp nhận: từ 15:00 nên tính sang ngày làm việc tiếp theo"),
        (SAME_DAY, "2026-03-03T17:30", {}, "Ngày tiếp nhận: ngoài giờ làm việc"),
        (SAME_DAY, "2026-03-08T09:00", {}, "Chủ nhật; ngày tiếp nhận"),
        (SAME_DAY, "2026-03-03T10:30", {}, "Tính 5 giờ; hạn trả 17:00"),
    ],
)
def test_the_day_of_receipt_says_how_it_counts(unit, received, rules, note):
    assert rows(1, unit, received, **rules)[0][3] == note


def test_hours_received_at_the_beginning_of_a_pause_show_a_paused_day():
    assert rows(1, HOUR, "2026-03-03T13:00", "2026-03-03T13:00/2026-03-04T07:30")[0] == (
        *("03/03", 0, "paused"),
        "Tạm dừng: chờ bổ sung giấy tờ",
    )


def test_calendar_days_count_weekends_and_move_from_a_rest_day():
    assert rows(2, DAY, "2026-03-06T09:00") == [
        ("06/03", 0, "received", f"Ngày tiếp nhận không tính {LAW}"),
        ("07/03", 24, "counted", "Ngày thứ 1 (Thứ Bảy)"),
        ("08/03", 24, "counted", "Ngày thứ 2 (Chủ nhật)"),
        ("09/03", 0, "due", "Chuyển sang từ ngày nghỉ; hạn trả 17:00"),
    ]


def test_calendar_days_show_where_paused_time_is_given_back():
    assert rows(2, DAY, "2026-03-09T09:00", "2026-03-10T07:30/2026-03-10T09:30") == [
        ("09/03", 0, "received", f"Ngày tiếp nhận không tính {LAW}"),
        ("10/03", 18, "counted", "Tính 18 giờ; tạm dừng 2 giờ: chờ bổ sung giấy tờ"),
        ("11/03", 24, "counted", "Tính 24 giờ"),
        ("12/03", 6, "due", "Tính 6 giờ; hạn trả 17:00, làm tròn đến hết giờ làm việc"),
    ]


def test_a_pause_on_the_day_to_which_calendar_days_moved_is_given_back_after_it():
    # 08/03 is a Sunday, so Monday; two hours of Monday are paused.
    assert rows(2, DAY, "2026-03-06T09:00", "2026-03-09T07:30/2026-03-09T09:30")[3:] == [
        ("09/03", 0, "paused", "Tạm dừng: chờ bổ sung giấy tờ"),
        ("10/03", 0, "due", "Bù thời gian tạm dừng; hạn trả 17:00, làm tròn đến hết giờ làm việc"),
    ]


def test_thirds_of_an_hour_add_up_to_the_limit():
    deadline, _limit = deadline_of(1, WORKING_DAY, "2026-03-03T16:40", start=AT_ONCE)

    assert [str(day.counted) for day in deadline.explanation] == ["0.3333", "7.6667"]


def test_what_is_stored_has_plain_values():
    deadline, _limit = deadline_of(0.25, WORKING_DAY, "2026-03-03T09:00", "2026-03-04T08:00/2026-03-04T09:00")

    assert deadline.as_json() == {
        "due": "2026-03-04T10:30:00+07:00",
        "explanation": [
            {
                "date": "2026-03-03",
                "counted": 0,
                "note": f"Ngày tiếp nhận không tính {LAW}",
                "kind": "received",
            },
            {
                "date": "2026-03-04",
                "counted": 2,
                "note": "Tính 2 giờ; tạm dừng 1 giờ: chờ bổ sung giấy tờ; hạn trả 10:30",
                "kind": "due",
                "reason": "chờ bổ sung giấy tờ",
            },
        ],
    }
    assert Deadline.from_json(deadline.as_json()) == deadline


# ---- in one sentence -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "rules", "sentence"),
    [
        ((1, WORKING_DAY, "2026-03-03T09:00"), {}, "1 ngày làm việc kể từ hôm sau ngày nhận (03/03)."),
        (
            (10, WORKING_DAY, "2026-11-10T09:00", "2026-11-12T07:30/2026-11-13T17:00"),
            {},
            "10 ngày làm việc kể từ hôm sau ngày nhận (10/11). "
            "Không tính 2 ngày chờ bổ sung giấy tờ, thứ Bảy, Chủ nhật và ngày nghỉ lễ 24/11.",
        ),
        (
            (2, WORKING_DAY, "2025-12-30T09:00"),
            {},
            "2 ngày làm việc kể từ hôm sau ngày nhận (30/12/2025). "
            "Không tính thứ Bảy, Chủ nhật và ngày nghỉ lễ 01/01/2026–02/01/2026.",
        ),
        (
            (2, WORKING_DAY, "2026-03-03T09:00", "2026-03-04T07:30/2026-03-05T09:00"),
            {},
            "2 ngày làm việc kể từ hôm sau ngày nhận (03/03). "
            "Không tính 1 ngày và một phần ngày 05/03 chờ bổ sung giấy tờ, thứ Bảy và Chủ nhật.",
        ),
        (
            (0.5, WORKING_DAY, "2026-03-03T09:00", "2026-03-04T08:00/2026-03-04T09:00"),
            {},
            "0,5 ngày làm việc kể từ hôm sau ngày nhận (03/03). Không tính một phần ngày 04/03 chờ bổ sung giấy tờ.",
        ),
        (
            (3, WORKING_DAY, "2026-03-02T09:00", "2026-03-03T08:00/2026-03-04T10:00"),
            {"policy": RESTART},
            "Đếm lại 3 ngày làm việc kể từ hôm sau ngày hết tạm dừng (04/03). Không tính thứ Bảy và Chủ nhật.",
        ),
        (
            (3, HOUR, "2026-03-02T09:00", "2026-03-03T08:00/2026-03-04T10:00"),
            {"policy": RESTART},
            "Đếm lại 3 giờ làm việc kể từ lúc hết tạm dừng (04/03). "
            "Không tính một phần ngày 04/03 chờ bổ sung giấy tờ.",
        ),
        ((2, HOUR, "2026-03-06T16:00"), {}, "2 giờ làm việc kể từ lúc nhận (06/03). Không tính thứ Bảy và Chủ nhật."),
        ((1, WORKING_DAY, "2026-03-03T10:00"), {"start": AT_ONCE}, "1 ngày làm việc kể từ lúc nhận (03/03)."),
        ((30, DAY, "2026-03-03T10:00"), {}, "30 ngày kể từ hôm sau ngày nhận (03/03)."),
        (
            (5, DAY, "2026-03-03T10:00"),
            {},
            "5 ngày kể từ hôm sau ngày nhận (03/03). Hạn rơi vào ngày nghỉ nên chuyển sang ngày làm việc tiếp theo.",
        ),
        ((1, SAME_DAY, "2026-03-03T10:00"), {}, "Trả trong ngày nhận (03/03)."),
        ((1, SAME_DAY, "2026-03-03T15:00"), {}, "Trả trong ngày làm việc 04/03 (nhận ngày 03/03)."),
    ],
)
def test_the_summary_says_how_the_date_was_computed(asked, rules, sentence):
    assert said(*asked, **rules) == sentence


def test_the_summary_names_days_on_which_the_office_is_closed():
    usual = default_calendar().opening
    calendar = Calendar((*usual[:2], OpeningPeriod(2, ()), *usual[3:]))

    assert said(2, WORKING_DAY, "2026-03-02T09:00", calendar=calendar) == (
        "2 ngày làm việc kể từ hôm sau ngày nhận (02/03). Không tính ngày cơ quan không làm việc 04/03."
    )


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        (1, "1 working day from the day after receipt (03/03). Not counted: 1 day (chờ bổ sung giấy tờ)."),
        (2, "2 working days from the day after receipt (03/03). Not counted: 1 day (chờ bổ sung giấy tờ)."),
    ],
)
def test_the_summary_knows_one_day_from_several_in_english(amount, sentence):
    with translation.override("en"):
        assert said(amount, WORKING_DAY, "2026-03-03T09:00", "2026-03-04T07:30/2026-03-04T17:00") == sentence
