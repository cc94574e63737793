"""Lists as Excel workbooks: what officials open, sort, print and file.

A workbook says what it is, by which filter, when and for whom it was made; its cells have types; text that looks like
a formula stays text. Rows are written as they come, so that a list of 100,000 does not fill the memory.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from thanthien.core.navigation import Label
from thanthien.core.words import short_moment

Kind = Literal["text", "date", "moment", "int", "decimal", "money"]
FORMATS: dict[Kind, str] = {
    "text": "@", "date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "int": "#,##0", "decimal": "#,##0.00",
    "money": "#,##0",
}  # fmt: skip
LONGEST_TEXT = 32_767  # Excel's own limit
FONT = "Times New Roman"
THIN = Side(style="thin", color="BFB6A6")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its head, what its cells are, its width in characters, and a note that says what it means."""

    title: Label
    kind: Kind = "text"
    width: int = 16
    note: Label = ""


def _styles() -> list[NamedStyle]:
    """A style a kind, made once a book: setting fonts and borders cell by cell is ten times slower."""
    head = NamedStyle(
        name="head",
        font=Font(name=FONT, bold=True),
        fill=PatternFill("solid", fgColor="E3F0F1"),
        border=BORDER,
        alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
    )
    cells = [
        NamedStyle(
            name=kind,
            font=Font(name=FONT),
            border=BORDER,
            alignment=Alignment(vertical="top", wrap_text=kind == "text"),
            number_format=number_format,
        )
        for kind, number_format in FORMATS.items()
    ]
    words = [
        NamedStyle(name="title", font=Font(name=FONT, bold=True, size=14)),
        NamedStyle(name="line", font=Font(name=FONT)),
    ]
    return [head, *cells, *words]


def workbook(  # noqa: PLR0913  (what a list carries on its head)
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    filters: str = "",
    printed_at: datetime,
    by: Any,
) -> bytes:
    """An .xlsx with one sheet for print (A4 landscape, one page wide, head on each page) and one that explains its
    columns. `filters` says in words what was chosen; values of a row stand in the order of `columns`."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, str(by)
    for style in _styles():
        book.add_named_style(style)
    sheet = book.create_sheet(_sheet_name(title))
    top = _preamble(title, filters, printed_at, by)
    head_row = len(top) + 1
    _set_up_page(sheet, columns, head_row)
    for place, line in enumerate(top):
        sheet.append([_cell(sheet, line, "line" if place else "title")])
    sheet.append([_head_cell(sheet, column) for column in columns])
    count = _append_rows(sheet, columns, rows)
    sheet.auto_filter.ref = f"A{head_row}:{get_column_letter(len(columns))}{head_row + max(count, 1)}"
    _explain_columns(book, columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _preamble(title: str, filters: str, printed_at: datetime, by: Any) -> list[str]:
    return [
        title,
        _("Lọc theo: %(filters)s") % {"filters": filters or _("không lọc")},
        _("In lúc %(moment)s, người in: %(by)s") % {"moment": short_moment(printed_at), "by": by},
        "",
    ]


def _set_up_page(sheet: Worksheet, columns: Sequence[Column], head_row: int) -> None:
    sheet.freeze_panes = f"A{head_row + 1}"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left, sheet.page_margins.right = 0.6, 0.4
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.oddFooter.center.text = _("Trang") + " &P/&N"


def _append_rows(sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    for row in rows:
        sheet.append([_typed(sheet, column, value) for column, value in zip(columns, row, strict=True)])
        count += 1
    return count


def _head_cell(sheet: Worksheet, column: Column) -> WriteOnlyCell:
    cell = _cell(sheet, str(column.title), "head")
    if column.note:
        cell.comment = Comment(str(column.note), _("Chú thích"), width=320, height=90)
    return cell


def _typed(sheet: Worksheet, column: Column, value: Any) -> WriteOnlyCell:
    """A cell of the column's kind; a value that does not fit the kind (a note in a date column) is text."""
    value = _plain(value)
    kind: Kind = column.kind if _fits(column.kind, value) else "text"
    return _cell(sheet, str(value) if kind == "text" and value is not None else value, kind)


def _plain(value: Any) -> Any:
    """Excel knows no time zones: moments become local; lazy text becomes text."""
    if isinstance(value, datetime):
        return (localtime(value) if is_aware(value) else value).replace(tzinfo=None, microsecond=0)
    return value


def _fits(kind: Kind, value: Any) -> bool:
    if value is None:
        return True
    if kind in ("date", "moment"):
        return isinstance(value, date)
    return kind != "text" and isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _cell(sheet: Worksheet, value: Any, style: str) -> WriteOnlyCell:
    """A cell that never holds a formula: text is text, also when it begins with = + - @."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
    cell = WriteOnlyCell(sheet, value)
    cell.style = style
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(FORMULA_SIGNS):
            cell.quotePrefix = True
    return cell


def _explain_columns(book: Workbook, columns: Sequence[Column]) -> None:
    sheet = book.create_sheet(_("Giải thích cột"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    for title, note in [(_("Cột"), _("Ý nghĩa")), *((str(c.title), str(c.note)) for c in columns)]:
        sheet.append([_cell(sheet, title, "text"), _cell(sheet, note, "text")])


def _sheet_name(title: str) -> str:
    """Excel allows 31 characters and not []:*?/\\ in a sheet's name."""
    kept = "".join(" " if c in "[]:*?/\\'" else c for c in title).strip()
    return kept[:31] or _("Danh sách")
