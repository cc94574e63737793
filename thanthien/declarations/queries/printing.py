"""What was declared, for the sheet that is signed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from thanthien.core.documents.declaration import DeclarationSheet, SheetGroup, SheetLine, SheetTable, sample
from thanthien.declarations.enums import Part, PersonRole
from thanthien.declarations.rules import Content, Said, SaidGroup, people, printed

TWO_SIGN = 2
# What stands side by side on the forms of civil status.
ROWS = {
    Part.SEX: "kind", Part.ETHNICITY: "kind", Part.NATIONALITY: "kind",
    Part.BIRTH_DATE: "who", Part.PERSONAL_ID: "who", Part.PHONE: "reach", Part.EMAIL: "reach",
}  # fmt: skip
SHORT = 40


def sheet_of(content: Content, answers: Mapping[str, Any]) -> dict[str, Any]:
    """All of `DeclarationSheet` that the form and its answers say, by the names of its fields."""
    signers = _signers(content, answers)
    return {
        "title": content.title,
        "basis": content.basis,
        "pledge": content.pledge,
        "groups": tuple(_group(group) for group in printed(content, answers)),
        "signers": tuple(name for name, _title in signers),
        "signer_titles": tuple(title for _name, title in signers),
    }


def _signers(content: Content, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Who signs, and as whom: the spouses, both, as they stand on the sheet; else who asks. Empty when the form names
    neither."""
    order = [code for part in content.sheet for code in part.fields]
    named = people(content, answers)
    spouses = [one for one in named if one.role == PersonRole.SPOUSE]
    spouses.sort(key=lambda one: order.index(one.field) if one.field in order else len(order))
    asking = [one for one in named if one.role == PersonRole.REQUESTER]
    signing = spouses if len(spouses) == TWO_SIGN else asking[:1]
    return [(one.full_name, content.fields[one.field].label) for one in signing]


def _group(group: SaidGroup) -> SheetGroup:
    lines = tuple(
        SheetLine(label=line.label.removesuffix("?"), value=line.value, of=line.of, row=_row(line))
        for line in group.lines
    )
    tables = tuple(SheetTable(label=one.label, heads=one.heads, rows=one.rows) for one in group.tables)
    return SheetGroup(title=group.title, lines=lines, tables=tables)


def _row(line: Said) -> str:
    """A day in words, or a long address of a mailbox, keeps a line of its own."""
    return ROWS.get(Part(line.part), "") if line.part and len(line.value) <= SHORT else ""


def trial_sheet(content: Content, answers: Mapping[str, Any]) -> DeclarationSheet:
    """As it would be printed, in the name of an office that does not exist."""
    blank: Any = sample()
    sheet: DeclarationSheet = replace(blank, **sheet_of(content, answers))
    return sheet
