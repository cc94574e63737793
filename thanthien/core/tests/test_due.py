import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def answer(*words):
    out = StringIO()
    call_command("due", *words, stdout=out)
    return out.getvalue()


def refusal(*words):
    with pytest.raises(CommandError) as error:
        answer(*words)
    return error.value.returncode, str(error.value)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("--amount 7.5 --unit working_day --from 2026-02-13T16:30", "2026-03-04T11:30:00+07:00"),
        ("--amount 7,5 --from 2026-02-13T16:30", "2026-03-04T11:30:00+07:00"),
        ("--amount 1 --from 2026-02-13T16:30 --start at_once", "2026-02-23T16:30:00+07:00"),
        ("--amount 8 --unit hour --from 2026-02-13T16:30", "2026-02-23T16:30:00+07:00"),
        ("--amount 7 --unit day --from 2026-02-10T08:00", "2026-02-23T17:00:00+07:00"),
        ("--amount 1 --unit same_day --from 2026-03-03T15:00", "2026-03-04T17:00:00+07:00"),
        ("--unit same_day --from 2026-03-03T14:59", "2026-03-03T17:00:00+07:00"),
        # 08:00 UTC is 15:00 here.
        ("--unit same_day --from 2026-03-03T08:00Z", "2026-03-04T17:00:00+07:00"),
        ("--amount 1 --from 2026-03-02T09:00 --pause 2026-03-03T08:00/2026-03-03T09:00", "2026-03-04T17:00:00+07:00"),
        # Both ways of naming two pauses of four hours.
        (
            "--amount 1.5 --from 2026-03-02T09:00 --pause 2026-03-03T07:30/2026-03-03T11:30 "
            "2026-03-04T07:30/2026-03-04T11:30",
            "2026-03-05T11:30:00+07:00",
        ),
        (
            "--amount 1.5 --from 2026-03-02T09:00 --pause 2026-03-03T07:30/2026-03-03T11:30 "
            "--pause 2026-03-04T07:30/2026-03-04T11:30",
            "2026-03-05T11:30:00+07:00",
        ),
        (
            "--amount 1 --from 2026-03-02T09:00 --pause 2026-03-03T08:00/2026-03-05T09:00 --policy restart",
            "2026-03-06T17:00:00+07:00",
        ),
    ],
)
def test_due_answers_in_json(words, due):
    assert json.loads(answer(*words.split(), "--json"))["due"] == due


def test_due_explains_each_day_in_json():
    said = json.loads(answer("--amount", "0.5", "--from", "2026-03-06T16:30", "--json"))

    assert said == {
        "due": "2026-03-09T11:30:00+07:00",
        "explanation": [
            {"date": "2026-03-06", "counted": 0, "note": "Ngày tiếp nhận không tính (Bộ luật Dân sự Điều 147)"},
            {"date": "2026-03-07", "counted": 0, "note": "Thứ Bảy"},
            {"date": "2026-03-08", "counted": 0, "note": "Chủ nhật"},
            {"date": "2026-03-09", "counted": 4, "note": "Tính 4 giờ; hạn trả 11:30"},
        ],
    }


def test_due_writes_a_table_for_people():
    assert answer("--amount", "0.5", "--from", "2026-03-06T16:30") == (
        "Ngày hẹn trả: 11:30 Thứ Hai, 09/03/2026\n"
        "0,5 ngày làm việc kể từ hôm sau ngày nhận (06/03). Không tính thứ Bảy và Chủ nhật.\n"
        "\n"
        "Ngày                    Giờ tính  Ghi chú\n"
        "06/03/2026 Thứ Sáu             0  Ngày tiếp nhận không tính (Bộ luật Dân sự Điều 147)\n"
        "07/03/2026 Thứ Bảy             0  Thứ Bảy\n"
        "08/03/2026 Chủ nhật            0  Chủ nhật\n"
        "09/03/2026 Thứ Hai             4  Tính 4 giờ; hạn trả 11:30\n"
    )


NOT_A_NUMBER = "“%s” không phải là số lượng hợp lệ, ví dụ đúng: 10 hoặc 7.5."
NOT_A_MOMENT = "“%s” không phải là thời điểm hợp lệ, ví dụ đúng: 2026-02-13T16:30."
NOT_ABOVE_ZERO = "Thời hạn phải là một số lớn hơn 0."
LONG = "x" * 60


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--amount 0 --from 2026-03-02T09:00", NOT_ABOVE_ZERO),
        ("--amount -3 --from 2026-03-02T09:00", NOT_ABOVE_ZERO),
        ("--amount NaN --from 2026-03-02T09:00", NOT_A_NUMBER % "NaN"),
        ("--amount inf --from 2026-03-02T09:00", NOT_A_NUMBER % "inf"),
        ("--amount 1e9 --from 2026-03-02T09:00", NOT_A_NUMBER % "1e9"),
        ("--amount 1_0 --from 2026-03-02T09:00", NOT_A_NUMBER % "1_0"),
        ("--amount ٣ --from 2026-03-02T09:00", NOT_A_NUMBER % "٣"),
        (f"--amount {LONG} --from 2026-03-02T09:00", NOT_A_NUMBER % f"{LONG[:40]}…"),
        ("--amount 99999 --from 2026-03-02T09:00", "Thời hạn quá dài: tối đa 2.000 ngày làm việc."),
        ("--amount 16001 --unit hour --from 2026-03-02T09:00", "Thời hạn quá dài: tối đa 16.000 giờ làm việc."),
        ("--from 2026-03-02T09:00", "Xin cho biết số lượng, ví dụ --amount 10."),
        ("--amount 1", "Xin cho biết lúc tiếp nhận, ví dụ --from 2026-02-13T16:30."),
        ("--amount 1 --from 13/02/2026", NOT_A_MOMENT % "13/02/2026"),
        ("--amount 1 --from 2026-02-30T08:00", NOT_A_MOMENT % "2026-02-30T08:00"),
        ("--amount 1 --from 2026-03-02T25:00", NOT_A_MOMENT % "2026-03-02T25:00"),
        ("--amount 1 --from 0001-01-01T00:00+14:00", NOT_A_MOMENT % "0001-01-01T00:00+14:00"),
        ("--amount 1 --from 9999-12-31T00:00", "“9999-12-31T00:00” nằm ngoài các năm 2000–2100."),
        ("--amount 1 --from 1970-01-01T00:00", "“1970-01-01T00:00” nằm ngoài các năm 2000–2100."),
        ("--amount 1 --unit week --from 2026-03-02T09:00", "--unit chỉ nhận: working_day, day, hour, same_day."),
        ("--amount 1 --policy stop --from 2026-03-02T09:00", "--policy chỉ nhận: pause, restart."),
        ("--amount 1 --start now --from 2026-03-02T09:00", "--start chỉ nhận: next_day, at_once."),
        (
            "--amount 1 --from 2026-03-02T09:00 --pause 2026-03-03T08:00",
            "“2026-03-03T08:00” thiếu dấu / giữa lúc bắt đầu và lúc hết tạm dừng.",
        ),
        ("--amount 1 --from 2026-03-02T09:00 --pause a/b", NOT_A_MOMENT % "a"),
        (
            "--amount 1 --from 2026-03-02T09:00 --pause 2026-03-03T08:00/",
            "Đang tạm dừng (chờ bổ sung giấy tờ): ngày hẹn được tính khi hết tạm dừng.",
        ),
        (
            "--amount 1 --from 2026-03-02T09:00 --pause 2026-03-04T08:00/2026-03-03T08:00",
            "Thời điểm hết tạm dừng phải sau thời điểm bắt đầu tạm dừng.",
        ),
        (
            "--amount 1 --from 2026-03-02T09:00 --pause 2026-03-02T10:00/2099-01-01T08:00",
            "Trong 10 năm kể từ 03/03/2026 không đủ giờ làm việc: xin kiểm tra lịch làm việc của đơn vị.",
        ),
        (
            "--amount 1 --from 2026-03-02T09:00 --pauze x",
            "Lệnh viết chưa đúng: unrecognized arguments: --pauze x. Xin xem “thanthien due --help”.",
        ),
    ],
)
def test_bad_input_is_answered_by_a_sentence_and_status_two(words, sentence):
    assert refusal(*words.split()) == (2, sentence)


@pytest.mark.parametrize("words", ["--amount 0 --from 2026-03-02T09:00", "--amount -inf", "--unit", "--nothing"])
def test_on_the_command_line_bad_input_never_shows_a_traceback(words):
    command = [sys.executable, "-m", "thanthien", "due", *words.split()]

    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "Traceback" not in ended.stderr
