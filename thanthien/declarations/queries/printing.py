"""What was declared, for the sheet that is signed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from thanthien.core.documents.declaration import DeclarationSheet, SheetGroup, SheetLine, SheetTable, sample
from thanthien.declarations.enums import PersonRole
from thanthien.declarations.rules import Content, DeclaredPerson, SaidGroup, people, said

TWO_SIGN = 2


def sheet_groups(content: Content, answers: Mapping[str, Any]) -> tuple[SheetGroup, ...]:
    return tuple(_group(group) for group in said(content, answers))


def signers_of(named: Iterable[DeclaredPerson]) -> tuple[str, ...]:
    """Who signs: the spouses, both; else who asks. Empty when the form names neither."""
    people = list(named)
    spouses = tuple(person.full_name for person in people if person.role == PersonRole.SPOUSE)
    asking = tuple(person.full_name for person in people if person.role == PersonRole.REQUESTER)
    return spouses if len(spouses) == TWO_SIGN else asking[:1]


def _group(group: SaidGroup) -> SheetGroup:
    lines = tuple(SheetLine(label=line.label.removesuffix("?"), value=line.value, of=line.of) for line in group.lines)
    tables = tuple(SheetTable(label=one.label, heads=one.heads, rows=one.rows) for one in group.tables)
    return SheetGroup(title=group.title, lines=lines, tables=tables)


def trial_sheet(content: Content, answers: Mapping[str, Any]) -> DeclarationSheet:
    """As it would be printed, in the name of an office that does not exist."""
    blank: Any = sample()
    sheet: DeclarationSheet = replace(
        blank, title=content.title, pledge=content.pledge, groups=sheet_groups(content, answers),
        signers=signers_of(people(content, answers)),
    )  # fmt: skip
    return sheet
