"""Lists of units: what the product brings, what is wrong in a file, and that doing it again changes nothing."""

import getpass
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from thanthien.organisation import queries
from thanthien.organisation.factories import PASSWORD, UnitFactory
from thanthien.organisation.models import Staff, Unit

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
HEAD = "code,name,kind,level,parent_code,valid_from,valid_to"


def bring(path):
    """The report, and the exit status."""
    out, status = StringIO(), 0
    try:
        call_command("units", "import", str(path), "--json", stdout=out)
    except SystemExit as end:
        status = end.code
    return json.loads(out.getvalue()), status


def written(tmp_path, *lines, head=HEAD):
    path = tmp_path / "units.csv"
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return path


def test_the_provinces_and_the_seeds_come_in_once():
    first = [bring(DATA / "provinces.csv"), bring(DATA / "seeds.csv")]
    again = [bring(DATA / "provinces.csv"), bring(DATA / "seeds.csv")]

    assert [(report["created"], report["rejected"], status) for report, status in first] == [(34, [], 0), (8, [], 0)]
    assert [(report["created"], report["updated"], report["unchanged"]) for report, _ in again] == [
        (0, 0, 34),
        (0, 0, 8),
    ]
    assert Unit.objects.filter(kind="thành phố").count() == 6
    assert [unit.name for unit in queries.resolve_code("CU.HANAM.LYNHAN.HOPLY")] == ["Xã Lý Nhân"]
    assert [unit.name for unit in queries.resolve_code("CU.TRAVINH")] == ["Tỉnh Vĩnh Long"]


def test_children_may_stand_before_their_parents_and_a_change_is_taken(tmp_path):
    bring(written(tmp_path, "H56.01,Xã A,xã,commune,H56,2025-07-01,", "H56,Tỉnh B,tỉnh,province,,,"))
    child = Unit.objects.get(code="H56.01")
    assert child.path == f"/{child.parent_id}/{child.pk}/"

    report, _ = bring(written(tmp_path, "H56.01,Phường A,phường,commune,H56,2025-07-01,"))

    child.refresh_from_db()
    assert (report["updated"], child.name, child.kind) == (1, "Phường A", "phường")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",Xã A,xã,commune,,,", "Mã đơn vị trống"),
        ("h-56,Xã A,xã,commune,,,", "ký tự lạ"),
        ("H56.01,,xã,commune,,,", "Tên đơn vị trống"),
        ("H56.01,Xã A,xã,village,,,", "Không có cấp này: village"),
        ("H56.01,Xã A,xã,commune,H99,,", "Không có đơn vị cấp trên mang mã H99"),
        ("H56.01,Xã A,xã,commune,,01/07/2025,", "Ngày phải viết như"),
        ("H56.01,Xã A,xã,commune,,2025-07-01,2025-06-30", "trước ngày bắt đầu"),
        ("H56.02,Xã B,xã,commune,,,", "có hai lần"),
        ("H56.01,Xã A,xã,commune,H56.01,,", "thành vòng"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_are_taken(tmp_path, line, reason):
    report, status = bring(written(tmp_path, "H56.02,Xã B,xã,commune,,,", line))

    assert (report["created"], status, len(report["rejected"])) == (1, 1, 1)
    assert report["rejected"][0]["source"] == "units.csv:3"
    assert reason in report["rejected"][0]["reason"]


def test_a_successor_must_be_known_and_dated(tmp_path):
    head = f"{HEAD},successor_code,succession_date,share"
    lines = ["H1,A,xã,commune,,,,H9,2025-07-01,", "H2,B,xã,commune,,,,H1,,", "H3,C,xã,commune,,,,H1,2025-07-01,half"]

    report, _ = bring(written(tmp_path, *lines, head=head))

    assert [fault["reason"] for fault in report["rejected"]] == [
        "Có đơn vị kế thừa nhưng thiếu ngày.",
        "Phần chuyển chỉ là whole hoặc partly.",
        "Không có đơn vị kế thừa mang mã H9.",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Tỉnh".encode("utf-16"), "không phải UTF-8"),
        (b"", "Thiếu cột"),
        (b"code,name\nH56,X", "Thiếu cột: kind"),
        (b'code,name\n"H56', "Không đọc được tệp"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, reason):
    path = tmp_path / "broken.csv"
    path.write_bytes(content)

    report, status = bring(path)

    assert (report["created"], status, report["rejected"][0]["source"]) == (0, 1, "broken.csv")
    assert reason in report["rejected"][0]["reason"]


def test_a_missing_file_is_named_in_plain_words(tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("units", "import", str(tmp_path / "none.csv"))

    told = capsys.readouterr()
    assert end.value.code == 1
    assert told.out == "Thêm 0, sửa 0, giữ nguyên 0 đơn vị.\n"
    assert told.err.startswith("none.csv: Không đọc được tệp")


def test_the_first_administrator_gets_a_link(settings):
    out = StringIO()
    with pytest.raises(CommandError, match="Chưa có đơn vị nào"):
        call_command("administrator", "quantri")
    UnitFactory()

    call_command("administrator", "quantri", "--name", "Lê Văn Quản", stdout=out)

    staff = Staff.objects.get(username="quantri")
    assert (staff.is_superuser, staff.full_name) == (True, "Lê Văn Quản")
    assert f"{settings.SITE_URL}/to-chuc/mat-khau/" in out.getvalue()


def typing(monkeypatch, *typed):
    """What somebody types at the server, unseen, one line after the other; then the keyboard is taken away."""
    lines = iter(typed)

    def ask(prompt):
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(getpass, "getpass", ask)


def test_a_password_typed_twice_the_same_opens_the_door(monkeypatch):
    UnitFactory()
    typing(monkeypatch, PASSWORD, PASSWORD)

    call_command("administrator", "quantri", "--password", stdout=StringIO())

    assert Staff.objects.get(username="quantri").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((PASSWORD, f"{PASSWORD} "), "Hai lần nhập mật khẩu không giống nhau; chưa có gì được ghi."),
        (("", ""), "Chưa nhập mật khẩu; chưa có gì được ghi."),
        ((PASSWORD,), "Cần nhập mật khẩu hai lần; chưa có gì được ghi."),
        (("ngan", "ngan"), "Mật khẩu"),
    ],
)
def test_a_password_that_was_not_typed_well_opens_nothing(monkeypatch, typed, said):
    UnitFactory()
    typing(monkeypatch, *typed)

    with pytest.raises(CommandError, match=re.escape(said)):
        call_command("administrator", "quantri", "--password", stdout=StringIO())

    assert not Staff.objects.exists()
