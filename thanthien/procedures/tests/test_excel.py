"""The portal's Excel lists."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from thanthien.procedures.models import Procedure, ProcedureVersion
from thanthien.procedures.tests.test_import import counts, take

pytestmark = pytest.mark.django_db


def workbook(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


HEAD = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")


def test_excel_list_is_read_below_its_heading(tmp_path):
    row = ("1.000390", "Cấp lại thẻ", "Bộ Tư pháp", "Sở Tư pháp\nỦy ban nhân dân cấp xã", "Tư vấn pháp luật")
    path = workbook(tmp_path / "a.xlsx", ("DANH SÁCH",), HEAD, row, (1.00094, "Mã thành số", None, None, None))

    report = take(path)

    version = ProcedureVersion.objects.get(procedure__code="1.000390")
    assert report == counts(2, 0, 0)
    assert [body["name"] for body in version.content["agencies"]["executing"]] == [
        "Sở Tư pháp",
        "Ủy ban nhân dân cấp xã",
    ]
    assert Procedure.objects.filter(code="1.000940").exists()


def test_excel_without_heading_and_row_without_name_are_named(tmp_path):
    workbook(tmp_path / "a.xlsx", ("a", "b"))
    workbook(tmp_path / "b.xlsx", HEAD, ("1.000001", None))

    assert take(tmp_path) == counts(
        0, 0, 0,
        ("a.xlsx", "Tệp Excel không có dòng tiêu đề với cột “Mã số” và cột “Tên”."),
        ("b.xlsx, trang “Sheet”, dòng 2", "Thủ tục 1.000001 thiếu tên (name)."),
    )  # fmt: skip


def test_excel_bomb_is_not_opened(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2**26)

    reason = "Tệp Excel nén bất thường (giải nén quá lớn), không mở vì lý do an toàn."
    assert take(tmp_path) == counts(0, 0, 0, ("bomb.xlsx", reason))
