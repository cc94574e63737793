import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from thanthien.core.excel import Column, workbook

AT = datetime(2026, 2, 5, 1, 30, tzinfo=UTC)
COLUMNS = [
    Column(title="Mã hồ sơ", width=28, note="Mã do hệ thống cấp"),
    Column(title="Ngày nhận", kind="date"),
    Column(title="Lúc trả", kind="moment"),
    Column(title="Lệ phí", kind="money", note="Bằng đồng"),
    Column(title="Số bộ", kind="int"),
]
ROW = ["H99.01.02-260205-0007", date(2026, 2, 5), AT, 75_000, 2]


def read(rows, **more):
    made = workbook("Danh sách hồ sơ", COLUMNS, rows, printed_at=AT, by="Lê Thị Thử", **more)
    return load_workbook(io.BytesIO(made))


def test_a_list_says_its_title_its_filter_when_and_for_whom_it_was_printed():
    sheet = read([ROW], filters="đơn vị Mẫu Sơn, tháng 2/2026").worksheets[0]

    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        "Danh sách hồ sơ",
        "Lọc theo: đơn vị Mẫu Sơn, tháng 2/2026",
        "In lúc 08:30 05/02/2026, người in: Lê Thị Thử",
    ]


def test_a_list_without_a_filter_says_so():
    assert read([ROW]).worksheets[0]["A2"].value == "Lọc theo: không lọc"


def test_cells_have_types_and_local_time():
    sheet = read([ROW]).worksheets[0]

    cells = sheet[6]
    assert [cell.value for cell in cells] == [
        "H99.01.02-260205-0007", datetime(2026, 2, 5), datetime(2026, 2, 5, 8, 30), 75_000, 2,
    ]  # fmt: skip
    assert [cell.number_format for cell in cells] == ["@", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "#,##0", "#,##0"]
    assert [cell.data_type for cell in cells] == ["s", "d", "d", "n", "n"]


@pytest.mark.parametrize("text", ["=1+1", "+84900000001", "-5", "@SUM(A1)", '=HYPERLINK("http://vidu.vn")', "\t=1"])
def test_text_that_looks_like_a_formula_stays_text(text):
    sheet = read([[text, None, None, None, None]]).worksheets[0]

    cell = sheet["A6"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_formula_in_a_number_column_is_text_too():
    cell = read([["x", None, None, "=1+1", None]]).worksheets[0]["D6"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_control_characters_and_endless_text_do_not_break_the_file():
    sheet = read([["a\x00b\x0bc", None, None, None, None], ["x" * 40_000, None, None, None, None]]).worksheets[0]

    assert sheet["A6"].value == "abc"
    assert len(sheet["A7"].value) == 32_767


def test_the_head_stays_in_sight_and_is_repeated_on_each_printed_page():
    sheet = read([ROW]).worksheets[0]

    assert sheet.freeze_panes == "A6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.auto_filter.ref == "A5:E6"
    assert sheet.column_dimensions["A"].width == 28


def test_the_sheet_prints_on_a4_landscape_one_page_wide():
    sheet = read([ROW]).worksheets[0]

    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert sheet.oddFooter.center.text == "Trang &P/&N"


def test_columns_are_explained_beside_their_head_and_on_a_sheet_of_their_own():
    book = read([ROW])

    assert book.worksheets[0]["A5"].comment.text == "Mã do hệ thống cấp"
    assert book.worksheets[0]["B5"].comment is None
    assert [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(max_row=3)] == [
        ["Cột", "Ý nghĩa"],
        ["Mã hồ sơ", "Mã do hệ thống cấp"],
        ["Ngày nhận", None],
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_all_rows_are_there(count):
    sheet = read([ROW] * count).worksheets[0]

    assert sum(1 for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]) == count


def test_decimals_keep_their_value():
    made = workbook("Số", [Column(title="Tỷ lệ", kind="decimal")], [[Decimal("0.25")]], printed_at=AT, by="x")

    assert load_workbook(io.BytesIO(made)).worksheets[0]["A6"].value == 0.25


def test_a_title_that_excel_forbids_as_sheet_name_is_allowed():
    made = workbook("Sổ: hồ sơ [tháng 2/2026] của đơn vị", COLUMNS, [ROW], printed_at=AT, by="x")

    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Sổ  hồ sơ  tháng 2 2026  của đơ", "Giải thích cột"]
    assert book.worksheets[0]["A1"].value == "Sổ: hồ sơ [tháng 2/2026] của đơn vị"
