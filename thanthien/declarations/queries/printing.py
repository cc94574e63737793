"""What was declared, for the sheet that is signed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from thanthien.core.documents.declaration import DeclarationSheet, SheetGroup, SheetLine, SheetTable, sample
from thanthien.declarations.rules import Content, SaidGroup, people, said


def sheet_groups(content: Content, answers: Mapping[str, Any]) -> tuple[SheetGroup, ...]:
    return tuple(_group(group) for group in said(content, answers))


def _group(group: SaidGroup) -> SheetGroup:
    lines = tuple(SheetLine(label=line.label, value=line.value, of=line.of) for line in group.lines)
    tables = tuple(SheetTable(label=one.label, heads=one.heads, rows=one.rows) for one in group.tables)
    return SheetGroup(title=group.title, lines=lines, tables=tables)


def trial_sheet(content: Content, answers: Mapping[str, Any]) -> DeclarationSheet:
    """As it would be printed, in the name of an office that does not exist."""
    blank: Any = sample()
    sheet: DeclarationSheet = replace(
        blank, title=content.title, pledge=content.pledge, groups=sheet_groups(content, answers),
        signers=tuple(person.full_name for person in people(content, answers)[:1]),
    )  # fmt: skip
    return sheet
