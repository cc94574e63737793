import json
import socket
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from thanthien.core import diagnoses, schedule, timeline
from thanthien.core.diagnoses import Trouble
from thanthien.core.models import EventFailure, TimelineEntry
from thanthien.core.operations import chores, doctor
from thanthien.core.operations.backup import _remember

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def house(settings, tmp_path, run_tasks, monkeypatch):
    """A house in which all is well: only the foundation is examined."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    ours = {name: one for name, one in diagnoses._examinations.items() if name.startswith(doctor.__name__)}
    monkeypatch.setattr(diagnoses, "_examinations", ours)
    schedule.carry_out.enqueue(schedule.name_of(chores.heartbeat))
    run_tasks()
    return settings


def ask(capsys, *options):
    """Exit status and what was said."""
    try:
        call_command("doctor", *options)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out


def what(examine, at=AT):
    return [trouble.what for trouble in examine(at)]


def test_a_house_in_order_gets_a_tick_for_everything(house, capsys):
    code, out = ask(capsys)

    assert code == 0, out
    assert [line[0] for line in out.splitlines()] == ["✓"] * 9 + ["H"]
    assert out.endswith("Hệ thống hoạt động được.\n")


def test_what_is_wrong_is_said_with_how_to_mend_it(house, capsys):
    house.DEMO, house.ALLOWED_HOSTS = False, []

    code, out = ask(capsys)

    assert code == 1
    assert "✗ Cấu hình: ALLOWED_HOSTS còn trống." in out
    assert "    → Sửa biến môi trường của dịch vụ rồi khởi động lại." in out
    assert out.endswith("Có lỗi phải sửa.\n")


def test_a_program_reads_the_same_as_json(house, capsys, monkeypatch):
    def grumbles(at):
        yield Trouble("Có điều nên xem.", "Xem đi.", serious=False)

    diagnoses.examines("Phòng thử")(grumbles)

    code, out = ask(capsys, "--json")

    told = json.loads(out)
    assert (code, told["ok"]) == (0, True)
    trouble = {"what": "Có điều nên xem.", "mend": "Xem đi.", "serious": False}
    assert told["examinations"][-1] == {"name": "Phòng thử", "troubles": [trouble]}


def test_an_examination_that_fails_is_itself_a_finding(house, capsys):
    def breaks(at):
        raise ZeroDivisionError("chia cho không")
        yield

    diagnoses.examines("Phòng hỏng")(breaks)

    code, out = ask(capsys)

    assert code == 1
    assert "✗ Phòng hỏng: Không khám được: ZeroDivisionError('chia cho không')" in out


def test_without_a_database_the_rest_is_not_asked(house, capsys, monkeypatch):
    monkeypatch.setattr("thanthien.core.operations.serving.database_faults", lambda: iter(["Không nối được."]))

    code, out = ask(capsys)

    assert code == 1
    assert out.splitlines()[2] == "✗ Cơ sở dữ liệu: Không nối được."
    assert "Việc nền" not in out


def test_a_mail_server_out_of_reach_is_named(house):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        house.EMAIL_HOST, house.EMAIL_PORT = closed.getsockname()
        house.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

        told = what(doctor.mail)

    assert told[0].startswith(f"Không nối được máy chủ thư 127.0.0.1:{house.EMAIL_PORT}")


def test_production_without_a_mail_server_is_told(house):
    house.DEMO, house.EMAIL_BACKEND = False, "django.core.mail.backends.console.EmailBackend"

    assert what(doctor.mail) == ["Chưa nối máy chủ thư: tin báo cho người dân không được gửi đi."]


def test_what_works_but_is_not_safe_is_told_and_is_no_fault(house):
    house.DEMO, house.ALLOWED_HOSTS = False, ["*"]
    house.SECRET_KEY = "khóa riêng, dài hơn ba mươi hai ký tự"

    found = list(doctor.configuration(AT))

    assert found[0].what.startswith("ALLOWED_HOSTS nhận mọi tên miền (*)")
    assert [trouble.serious for trouble in found] == [False] * len(found)


def test_tasks_that_failed_lately_are_counted(house, run_tasks):
    schedule.carry_out.enqueue("no such job")
    run_tasks()

    assert what(doctor.background, at=now()) == ["1 việc nền hỏng trong 7 ngày qua; gần nhất: builtins.KeyError"]
    assert what(doctor.background, at=now() + timedelta(days=8))[-1].startswith("việc nền im lặng đã")


def test_deliveries_that_failed_for_good_are_counted_until_they_are_resolved(house):
    failure = EventFailure.objects.create(listener="letters.draft", payload={}, error="KeyError('x')", failed_at=AT)

    before = what(doctor.deliveries)
    failure.resolved_at = AT
    failure.save()

    assert before == ["1 tin không chuyển được; gần nhất: letters.draft, KeyError('x')"]
    assert what(doctor.deliveries) == []


@pytest.mark.parametrize(
    ("days", "told"), [(None, ["Chưa sao lưu lần nào."]), (6, []), (8, ["Bản sao lưu gần nhất đã quá 7 ngày."])]
)
def test_production_without_a_fresh_backup_is_told(house, tmp_path, days, told):
    house.DEMO = False
    if days:
        _remember(tmp_path / "backup.tar.gz", AT - timedelta(days=days))

    assert what(doctor.backups) == told


@pytest.mark.parametrize("spoil", ["change", "remove"])
def test_a_spoilt_timeline_shows_at_a_glance(house, spoil):
    for kind in ("received", "returned"):
        timeline.append("thing:1", timeline.Note(kind=kind, text="Việc"), by="Lê Văn Thử", at=AT)
    untouched = what(doctor.timeline_quickly)
    if spoil == "change":
        TimelineEntry.objects.filter(position=1).update(text="Việc khác")
    else:
        TimelineEntry.objects.filter(position=2).delete()

    assert (untouched, what(doctor.timeline_quickly)) == ([], ["Nhật ký đã bị sửa, xóa hoặc chèn."])


def test_a_disk_that_is_nearly_full_is_told(house, monkeypatch):
    monkeypatch.setattr("thanthien.core.operations.health.FREE_BYTES", 10**18)

    assert what(doctor.disk)[0].startswith("đĩa chỉ còn ")


def test_a_database_that_takes_no_write_is_told(house, monkeypatch):
    part = doctor.health.Part("database", False, "attempt to write a readonly database")
    monkeypatch.setattr(doctor.health, "database_part", lambda: part)

    assert what(doctor.database) == ["Cơ sở dữ liệu không nhận ghi: attempt to write a readonly database"]


def test_missing_fonts_are_told(house, monkeypatch):
    monkeypatch.setattr(doctor.documents, "font_problem", lambda: "Thiếu phông chữ Tinos.")

    assert what(doctor.printing) == ["Thiếu phông chữ Tinos."]
