"""Dataclasses that read themselves from JSON and say in Vietnamese what is wrong and where.

Each field of a dataclass carries its reader (`of(line)`); a reader takes the value, the place and the list of faults.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from thanthien.core.text import clean, plain

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?")
RULE_CODE = re.compile(r"[A-Z][A-Z0-9]{0,9}(-[A-Z0-9]{1,9}){0,3}")
OTHER_THAN_CODE, MADE_CODE = re.compile(r"[^a-z0-9]+"), 30
LONGEST_LINE, LONGEST_TEXT, MOST_ITEMS, LARGEST = 300, 3000, 200, 10**12

Reader = Callable[[Any, str, list["Fault"]], Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """`where` is the way to the place: "groups 1 › fields 2 › label"."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


class Invalid(Exception):
    """A content that cannot be used; `faults` say why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def of(reader: Reader, default: Any = MISSING) -> Any:
    if default is MISSING:
        return field(metadata={"read": reader})
    return field(default=default, metadata={"read": reader})


def read(shape: type[T], raw: Any, where: str, faults: list[Fault]) -> T | None:
    """An object of this shape; None when something is wrong with it, which then stands in `faults`."""
    if not isinstance(raw, dict):
        faults.append(Fault(where, _("phải là một mục có tên và giá trị.")))
        return None
    before, values = len(faults), {}
    known = {one.name: one for one in fields(shape)}  # type: ignore[arg-type]
    for name in sorted(set(map(str, raw)) - set(known)):
        faults.append(Fault(_way(where, name), _("không có mục này trong mẫu.")))
    for name, one in known.items():
        needed = one.default is MISSING
        said = raw.get(name)
        if said is not None and (said != "" or not needed):
            values[name] = one.metadata["read"](said, _way(where, name), faults)
        elif needed:
            faults.append(Fault(_way(where, name), _("còn thiếu.")))
    return shape(**values) if len(faults) == before else None


def written(thing: Any) -> Any:
    """JSON without what is as usual: what `read` makes the same object of."""
    if is_dataclass(thing):
        told = [(one.name, getattr(thing, one.name), one.default) for one in fields(thing)]
        return {name: written(value) for name, value, default in told if value != default}
    if isinstance(thing, tuple | list):
        return [written(item) for item in thing]
    return str(thing.value) if isinstance(thing, Enum) else thing


def code_from(words: str, taken: Collection[str], instead: str = "muc") -> str:
    """A code from words: "Số bản sao" → "so_ban_sao"; with a number when somebody has it already."""
    base = OTHER_THAN_CODE.sub("_", plain(words)).strip("_")[:MADE_CODE].strip("_")
    base = base if base[:1].isalpha() else f"{instead}_{base}".strip("_")
    found, number = base, 2
    while found in taken:
        found, number = f"{base}_{number}", number + 1
    return found


def _way(where: str, step: object) -> str:
    return f"{where} › {step}" if where else str(step)


# ---- readers ---------------------------------------------------------------------------------------------
def line(raw: Any, where: str, faults: list[Fault], longest: int = LONGEST_LINE) -> str:
    words = clean(raw) if isinstance(raw, str) else ""
    if not words and raw != "":
        faults.append(Fault(where, _("phải là chữ, không để trống.")))
    if len(words) > longest:
        faults.append(Fault(where, _("dài quá %(most)s ký tự.") % {"most": longest}))
    return words


def text(raw: Any, where: str, faults: list[Fault]) -> str:
    if not isinstance(raw, str):
        return line(raw, where, faults)
    rows = [line(row, where, faults, LONGEST_TEXT) for row in raw.splitlines() if row.strip()]
    return "\n".join(rows)


def code(raw: Any, where: str, faults: list[Fault]) -> str:
    if not isinstance(raw, str) or not CODE.fullmatch(raw):
        faults.append(Fault(where, _("mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch dưới, ví dụ birth_place.")))
        return ""
    return raw


def rule_code(raw: Any, where: str, faults: list[Fault]) -> str:
    if not isinstance(raw, str) or not RULE_CODE.fullmatch(raw):
        faults.append(Fault(where, _("mã lỗi gồm chữ hoa không dấu, chữ số và dấu gạch nối, ví dụ KS-01.")))
        return ""
    return raw


def number(raw: Any, where: str, faults: list[Fault]) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > LARGEST:
        faults.append(Fault(where, _("phải là số nguyên.")))
        return 0
    return raw


def yes(raw: Any, where: str, faults: list[Fault]) -> bool:
    if not isinstance(raw, bool):
        faults.append(Fault(where, _("chỉ nhận đúng (true) hoặc sai (false).")))
    return raw is True


def value(raw: Any, where: str, faults: list[Fault]) -> str | tuple[str, ...]:
    return lines(raw, where, faults) if isinstance(raw, list) else line(raw, where, faults)


def answers(raw: Any, where: str, faults: list[Fault]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        faults.append(Fault(where, _("phải là các câu trả lời theo mã của mục.")))
        return {}
    return raw


def one_of(choices: type[Enum], *only: Enum) -> Reader:
    allowed = {str(choice.value): choice for choice in (only or choices)}

    def reader(raw: Any, where: str, faults: list[Fault]) -> Any:
        if not isinstance(raw, str) or raw not in allowed:
            faults.append(Fault(where, _("phải là một trong: %(list)s.") % {"list": ", ".join(allowed)}))
            return None
        return allowed[raw]

    return reader


def one(shape: type) -> Reader:
    return lambda raw, where, faults: read(shape, raw, where, faults)


def each(shape: type) -> Reader:
    return _list_of(one(shape))


def _list_of(reader: Reader) -> Reader:
    def read_all(raw: Any, where: str, faults: list[Fault]) -> tuple[Any, ...]:
        if not isinstance(raw, list) or len(raw) > MOST_ITEMS:
            faults.append(Fault(where, _("phải là danh sách, nhiều nhất %(most)s dòng.") % {"most": MOST_ITEMS}))
            return ()
        return tuple(reader(item, _way(where, place), faults) for place, item in enumerate(raw, 1))

    return read_all


lines: Reader = _list_of(line)
paths: Reader = _list_of(code)
