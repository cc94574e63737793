"""What was declared, in words: for the sheet that is signed, and for a page (there numbers are masked)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from thanthien.core import rough_dates
from thanthien.core.text import mask_email, mask_number, mask_phone
from thanthien.core.words import day_in_words
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
    """A line: `label` and `value`. `of` is the question that it belongs to, when that has several lines; `part` what of
    a person it tells."""

    label: str
    value: str
    of: str = ""
    part: str = ""


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
    return [
        _group(group.title, group.fields, told, [_lines(content, field, told, masked) for field in group.fields])
        for group in groups_shown(content, answers)
    ]


def printed(content: Content, answers: Answers) -> list[SaidGroup]:
    """What stands on paper: in the order of the law's form, who is meant twice told in full each time, without the
    questions that only led the way."""
    told, groups = asked_answers(content, answers), []
    for title, fields in _parts_of_sheet(content):
        whole = {field.code: told.get(field.code) or told.get(lender_of(field, told)) for field in fields}
        lines = [_in_one(field, _lines(content, field, whole, False)) for field in fields]
        groups.append(_group(title, fields, told, lines))
    return [group for group in groups if group.lines or group.tables]


def _in_one(field: Field, lines: Iterable[Said]) -> Iterable[Said]:
    """A place on one line, as an address is written."""
    if field.kind != Kind.ADDRESS:
        return lines
    place = ", ".join(line.value for line in lines)
    return [Said(label=field.label, value=place)] if place else []


def _parts_of_sheet(content: Content) -> Iterator[tuple[str, list[Field]]]:
    named = {code for part in content.sheet for code in part.fields}
    for part in content.sheet:
        yield part.title, [content.fields[code] for code in part.fields if code in content.fields]
    for group in content.groups:
        yield group.title, [field for field in group.fields if field.code not in named and not field.off_sheet]


def _group(title: str, fields: Iterable[Field], told: Answers, lines: Iterable[Iterable[Said]]) -> SaidGroup:
    tables = [_table(field, told[field.code]) for field in fields if field.columns and told.get(field.code)]
    return SaidGroup(title=title, lines=tuple(chain.from_iterable(lines)), tables=tuple(tables))


def _lines(content: Content, field: Field, told: Answers, masked: bool) -> Iterator[Said]:
    answer, lender = told.get(field.code), lender_of(field, told)
    if lender and field.code not in told:
        yield Said(label=field.label, value=content.fields[lender].label)
    elif field.kind in (Kind.PERSON, Kind.ADDRESS) and isinstance(answer, Mapping):
        for box in field.inputs:
            words = _words(box.kind, answer.get(box.path.partition(".")[2]), box, masked)
            if words:
                yield Said(label=box.label, value=words, of=field.label, part=box.part)
    elif not field.columns and not is_empty(answer):
        yield Said(label=field.label, value=_words(field.kind, answer, field.inputs[0], masked))


def _words(kind: Kind, raw: Any, box: Input | Column, masked: bool) -> str:
    if isinstance(raw, list):
        return ", ".join(_words(kind, one, box, masked) for one in raw)
    if isinstance(raw, Mapping):
        return str(raw.get("name") or "")
    value = typed(raw, kind)
    if kind == Kind.DATE and isinstance(raw, str):
        return _day(value, raw, getattr(box, "in_words", False))
    if kind == Kind.NUMBER and value is not None:
        return " ".join(
            filter(None, [number(value.normalize() if value % 1 else int(value)), getattr(box, "unit", "")])
        )
    words = dict(getattr(box, "choices", ())).get(str(raw), str(raw or ""))
    part = getattr(box, "part", "")
    if masked and part in MASKS:
        return MASKS[part](words)
    return SHOWN[part](words) if part in SHOWN and not masked else words


def _day(day: date | None, raw: str, in_words: bool) -> str:
    """ "15/03/2026", and in words too where the form asks for it: they are never typed."""
    figures = str(vndate(day)) if day else rough_dates.words(raw)
    words = day_in_words(day.year, day.month, day.day) if day else rough_dates.in_words(raw)
    if not in_words or not words:
        return figures
    spelled = {"figures": figures, "words": f"{words[0].upper()}{words[1:]}"}
    return _("%(figures)s (ghi bằng chữ: %(words)s)") % spelled


def _table(field: Field, rows: Any) -> SaidTable:
    told = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    cells = [
        tuple(_words(column.kind, row.get(column.code), column, False) for column in field.columns) for row in told
    ]
    return SaidTable(label=field.label, heads=tuple(column.label for column in field.columns), rows=tuple(cells))
