"""Which file is which: the portal's detail JSON, its catalogue, its Excel lists; also whole folders of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from thanthien.procedures.outside.catalogue import record_of_line
from thanthien.procedures.outside.detail import record_of_detail
from thanthien.procedures.outside.records import BadRecord, ProcedureRecord, RecordFault, told_apart
from thanthien.procedures.outside.sheets import read_workbook
from thanthien.procedures.outside.values import Raw

# The richest first, so that a folder with everything makes one version of each procedure.
ENDINGS = (".json", ".jsonl", ".xlsx")
MOST_BYTES = 100 * 1024 * 1024
MOST_LINE = 5 * 1024 * 1024
DETAIL_KEYS = ("executionSteps", "executionMethods", "executionCases", "procedureProposal", "categoriesDetails")

Found = ProcedureRecord | RecordFault


class NothingThere(FileNotFoundError):
    """The path does not exist."""


def read_path(path: Path) -> Iterator[Found]:
    """Everything in a file or, recursively, in a folder. Raises `NothingThere`; all other troubles are faults."""
    if not path.exists():
        raise NothingThere(str(path))
    return _folder(path) if path.is_dir() else _file(path, path.name)


def _folder(folder: Path) -> Iterator[Found]:
    paths = [path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file()]
    paths = [path for path in paths if not path.name.startswith((".", "~$"))]
    if not paths:
        reason = "Thư mục không có tệp .json, .jsonl hay .xlsx nào."
        yield RecordFault(source=folder.name or str(folder), reason=reason)
    for path in sorted(paths, key=lambda path: (ENDINGS.index(path.suffix.lower()), str(path))):
        yield from _file(path, path.relative_to(folder).as_posix())


def _file(path: Path, name: str) -> Iterator[Found]:
    try:
        if not path.is_file():
            yield RecordFault(source=name, reason="Đây không phải một tệp thường.")
        elif path.stat().st_size == 0:
            yield RecordFault(source=name, reason="Tệp rỗng.")
        else:
            yield from _by_ending(path, name)
    except OSError:
        yield RecordFault(source=name, reason="Không mở được tệp (không có quyền đọc hoặc đĩa lỗi).")


def _by_ending(path: Path, name: str) -> Iterator[Found]:
    ending = path.suffix.lower()
    if ending == ".xlsx":
        yield from read_workbook(path, name)
    elif ending == ".jsonl":
        yield from _lines(path, name)
    elif ending == ".json":
        yield from _json(path, name)
    else:
        reason = f"Loại tệp “{ending or path.name}” không nhập được; xin dùng .json, .jsonl hoặc .xlsx."
        yield RecordFault(source=name, reason=reason)


def _json(path: Path, name: str) -> Iterator[Found]:
    if path.stat().st_size > MOST_BYTES:
        yield RecordFault(source=name, reason="Tệp JSON lớn quá 100 MB.")
        return
    try:
        yield from _records(_parsed(path.read_bytes()), name)
    except BadRecord as reason:
        yield RecordFault(source=name, reason=str(reason))


def _lines(path: Path, name: str) -> Iterator[Found]:
    """Line by line, so that one bad line costs only itself; a wrong encoding costs the file."""
    with path.open("rb") as file:
        start = file.read(4)
        if b"\0" in start or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            yield RecordFault(source=name, reason=WRONG_ENCODING)
            return
        file.seek(0)
        found: list[Found] = []
        for number, line in enumerate(iter(lambda: file.readline(MOST_LINE), b""), start=1):
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                found += _line(line, f"{name}, dòng {number}")
    yield from told_apart(found) or [RecordFault(source=name, reason="Tệp rỗng.")]


def _line(line: bytes, source: str) -> Iterator[Found]:
    try:
        yield from _records(_parsed(line), source)
    except BadRecord as reason:
        yield RecordFault(source=source, reason=str(reason))


WRONG_ENCODING = "Sai bảng mã: tệp phải là UTF-8. Xin lưu lại tệp theo UTF-8 rồi nhập lại."


def _parsed(data: bytes) -> Any:
    """The value, or `BadRecord` with the place of the fault. A byte-order mark of UTF-8 is no fault."""
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadRecord(WRONG_ENCODING) from None
    if not words.strip():
        raise BadRecord("Tệp rỗng.")
    if "\0" in words[:8]:
        raise BadRecord(WRONG_ENCODING)
    try:
        return json.loads(words, parse_constant=_no_constant)
    except json.JSONDecodeError as fault:
        place = f"dòng {fault.lineno}, cột {fault.colno}"
        raise BadRecord(f"JSON hỏng hoặc bị cắt ngang ({place}).") from None
    except (ValueError, RecursionError):
        raise BadRecord("JSON có giá trị không hợp lệ hoặc lồng quá sâu.") from None


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _records(value: Any, source: str) -> Iterator[Found]:
    """A record, a page of records (`data.rows`) or a list of them."""
    rows = _rows_of(value)
    if rows is None:
        yield _record(value, source)
    elif not any(isinstance(row, dict) and _looks_like_procedure(row) for row in rows):
        yield RecordFault(source=source, reason="Tệp không chứa thủ tục hành chính nào.")
    else:
        yield from told_apart([_record(row, f"{source}, mục {number}") for number, row in enumerate(rows, start=1)])


def _rows_of(value: Any) -> list[Any] | None:
    if isinstance(value, dict):
        data = value.get("data")
        value = data.get("rows", data.get("items")) if isinstance(data, dict) and not _has_detail(data) else data
    return value if isinstance(value, list) else None


def _looks_like_procedure(row: Raw) -> bool:
    data = row.get("data")
    inner = data if isinstance(data, dict) else row
    return _has_detail(inner) or any(key in inner for key in ("codeNotation", "categories", "departments"))


def _has_detail(data: Raw) -> bool:
    return any(key in data for key in DETAIL_KEYS)


def _record(value: Any, source: str) -> Found:
    if not isinstance(value, dict):
        return RecordFault(source=source, reason="Không phải bản ghi thủ tục hành chính.")
    data = value.get("data", value)
    if not isinstance(data, dict):
        return RecordFault(source=source, reason="Bản ghi không có phần nội dung (data).")
    try:
        return (record_of_detail if _has_detail(data) or "data" in value else record_of_line)(data, source)
    except BadRecord as reason:
        return RecordFault(source=source, reason=str(reason))
    except RecursionError:
        return RecordFault(source=source, reason="Bản ghi lồng quá sâu.")
