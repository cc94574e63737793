"""The portal's Excel lists of procedures."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from thanthien.core.text import plain
from thanthien.procedures.outside.catalogue import record_of_row
from thanthien.procedures.outside.records import BadRecord, ProcedureRecord, RecordFault, told_apart
from thanthien.procedures.outside.values import text

# The list of a whole ministry has some hundred rows; these bounds are far above and keep a bomb out.
MOST_BYTES = 50 * 1024 * 1024
MOST_BYTES_UNPACKED = 300 * 1024 * 1024
MOST_PACKING = 200
MOST_PARTS = 2000
MOST_ROWS = 100_000
ROWS_BEFORE_HEAD = 30
COLUMNS = {
    "code": ("ma so", "ma", "ma thu tuc", "ma tthc", "ma so tthc", "ma thu tuc hanh chinh"),
    "name": ("ten", "ten thu tuc", "ten tthc", "ten thu tuc hanh chinh"),
    "promulgating": ("co quan ban hanh", "co quan cong bo"),
    "executing": ("co quan thuc hien", "co quan giai quyet"),
    "sector": ("linh vuc", "ten linh vuc"),
}


def read_workbook(path: Path, name: str) -> Iterator[ProcedureRecord | RecordFault]:
    """Every row of every sheet that has the columns Mã số and Tên."""
    if reason := _refuse(path):
        yield RecordFault(source=name, reason=reason)
        return
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = [(sheet.title, list(_rows(sheet))) for sheet in book.worksheets]
        book.close()
    except Exception:  # openpyxl raises whatever the broken part made it raise
        yield RecordFault(source=name, reason="Tệp Excel hỏng, không đọc được.")
        return
    yield from _records(rows, name)


def _refuse(path: Path) -> str:
    """Why this is no workbook that we open, or ""."""
    if path.stat().st_size > MOST_BYTES:
        return "Tệp Excel lớn quá 50 MB."
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "Tệp không phải Excel (.xlsx) hoặc đã hỏng."
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if (
        len(parts) > MOST_PARTS
        or unpacked > MOST_BYTES_UNPACKED
        or (unpacked > 2**24 and unpacked / packed > MOST_PACKING)
    ):
        return "Tệp Excel nén bất thường (giải nén quá lớn), không mở vì lý do an toàn."
    return ""


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # what a file says about its own size is not to be believed
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=60), start=1):
        if number > MOST_ROWS:
            raise ValueError("too many rows")
        if any(cell not in (None, "") for cell in row):
            yield number, row


def _records(
    sheets: list[tuple[str, list[tuple[int, tuple[Any, ...]]]]], name: str
) -> Iterator[ProcedureRecord | RecordFault]:
    headed = False
    for title, rows in sheets:
        head = _head(rows)
        if head is None:
            continue
        headed = True
        start, columns = head
        below = [(number, row) for number, row in rows if number > start]
        yield from told_apart(
            [_record(row, columns, f"{name}, trang “{title}”, dòng {number}") for number, row in below]
        )
    if not headed:
        yield RecordFault(source=name, reason="Tệp Excel không có dòng tiêu đề với cột “Mã số” và cột “Tên”.")


def _head(rows: list[tuple[int, tuple[Any, ...]]]) -> tuple[int, dict[str, int]] | None:
    """The number of the heading's row and where each column stands."""
    for number, row in rows[:ROWS_BEFORE_HEAD]:
        titles = [plain(text(cell)).strip(" *:.") for cell in row]
        columns = {ours: titles.index(title) for ours, words in COLUMNS.items() for title in words if title in titles}
        if "code" in columns and "name" in columns:
            return number, columns
    return None


def _record(row: tuple[Any, ...], columns: dict[str, int], source: str) -> ProcedureRecord | RecordFault:
    values = {ours: row[at] if at < len(row) else None for ours, at in columns.items()}
    if isinstance(values["code"], int | float):
        values["code"] = f"{values['code']:.6f}"  # Excel took the code for a number and dropped its last zeros
    try:
        return record_of_row(values, source)
    except BadRecord as reason:
        return RecordFault(source=source, reason=str(reason))
