"""What was declared, in words: for the sheet that is signed, and for a page (there numbers are masked)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from thanthien.core import rough_dates
from thanthien.core.text import mask_email, mask_number, mask_phone
from thanthien.declarations.enums import Kind
from thanthien.declarations.rules.asking import asked_answers, groups_shown, lender_of
from thanthien.declarations.rules.conditions import Answers, is_empty, typed
from thanthien.declarations.rules.content import Column, Content, Field, Input
from thanthien.people.rules import name_on_forms, show_phone
from thanthien.ui.words import number, vndate

MASKS = {
    "personal_id": mask_number,
    "old_id": mask_number,
    "phone": mask_phone,
    "email": lambda email: mask_email(email) if email else "",
}
# As papers write them (DOMAIN 10.3, 10.4).
SHOWN = {"phone": show_phone, "full_name": name_on_forms}


@dataclass(frozen=True, kw_only=True)
class Said:
    """A line: `label` and `value`. `of` is the question that it belongs to, when that has several lines."""

    label: str
    value: str
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class SaidTable:
    label: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class SaidGroup:
    title: str
    lines: tuple[Said, ...]
    tables: tuple[SaidTable, ...]


def said(content: Content, answers: Answers, *, masked: bool = False) -> list[SaidGroup]:
    """All that was answered, group by group; who is meant twice is named where they are meant ("như người mẹ")."""
    told = asked_answers(content, answers)
    groups = []
    for group in groups_shown(content, answers):
        lines = [line for field in group.fields for line in _lines(content, field, told, masked)]
        tables = [_table(field, told[field.code]) for field in group.fields if field.columns and told.get(field.code)]
        groups.append(SaidGroup(title=group.title, lines=tuple(lines), tables=tuple(tables)))
    return groups


def _lines(content: Content, field: Field, told: Answers, masked: bool) -> Iterator[Said]:
    answer, lender = told.get(field.code), lender_of(field, told)
    if lender and field.code not in told:
        yield Said(label=field.label, value=content.fields[lender].label)
    elif field.kind in (Kind.PERSON, Kind.ADDRESS) and isinstance(answer, Mapping):
        for box in field.inputs:
            words = _words(box.kind, answer.get(box.path.partition(".")[2]), box, masked)
            if words:
                yield Said(label=box.label, value=words, of=field.label)
    elif not field.columns and not is_empty(answer):
        yield Said(label=field.label, value=_words(field.kind, answer, field.inputs[0], masked))


def _words(kind: Kind, raw: Any, box: Input | Column, masked: bool) -> str:
    if isinstance(raw, list):
        return ", ".join(_words(kind, one, box, masked) for one in raw)
    if isinstance(raw, Mapping):
        return str(raw.get("name") or "")
    value = typed(raw, kind)
    if kind == Kind.DATE and value:
        return vndate(value)
    if kind == Kind.DATE and isinstance(raw, str):
        return rough_dates.words(raw)
    if kind == Kind.NUMBER and value is not None:
        return " ".join(
            filter(None, [number(value.normalize() if value % 1 else int(value)), getattr(box, "unit", "")])
        )
    words = dict(getattr(box, "choices", ())).get(str(raw), str(raw or ""))
    part = getattr(box, "part", "")
    if masked and part in MASKS:
        return MASKS[part](words)
    return SHOWN[part](words) if part in SHOWN and not masked else words


def _table(field: Field, rows: Any) -> SaidTable:
    told = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    cells = [
        tuple(_words(column.kind, row.get(column.code), column, False) for column in field.columns) for row in told
    ]
    return SaidTable(label=field.label, heads=tuple(column.label for column in field.columns), rows=tuple(cells))
