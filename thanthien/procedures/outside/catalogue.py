"""One line of the national portal's catalogue, and one row of its Excel lists: less than a detail record says."""

from thanthien.procedures.enums import RecordKind
from thanthien.procedures.outside.records import ProcedureRecord, filled, identity, sector_of
from thanthien.procedures.outside.values import Raw, items, keys, leftovers, lines, named, text

KNOWN = keys(
    "id name code codeNotation categories categoryIds departments departmentPromulgate departmentPromulgateId "
    "formalityTargetType state type createdAt updatedAt"
)


def record_of_line(raw: Raw, source: str) -> ProcedureRecord:
    """Raises `BadRecord` when code or name is not there."""
    sectors = named(items(raw.get("categories")))
    agencies = {
        "executing": named(items(raw.get("departments"))),
        "promulgating": {"code": "", "name": text(raw.get("departmentPromulgate"))},
    }
    content = {
        "sectors": sectors,
        "agencies": {key: value for key, value in agencies.items() if value and value != {"code": "", "name": ""}},
        "audiences": named(items(raw.get("formalityTargetType"))),
        "flags": filled({"state": text(raw.get("state")), "kind": text(raw.get("type"))}),
        "other": leftovers(raw, KNOWN),
    }
    return ProcedureRecord(
        **identity(raw), kind=RecordKind.CATALOGUE.value, source=source, state=text(raw.get("state")).upper(),
        content=filled(content), **sector_of(sectors),
    )  # fmt: skip


def record_of_row(row: Raw, source: str) -> ProcedureRecord:
    """A row with the columns code, name, promulgating, executing, sector. Raises `BadRecord`."""
    sectors = named([{"name": row.get("sector")}])
    agencies = {
        "executing": named({"name": line} for line in lines(row.get("executing")).split("\n")),
        "promulgating": {"code": "", "name": text(row.get("promulgating"))},
    }
    content = {
        "sectors": sectors,
        "agencies": {key: value for key, value in agencies.items() if value and value != {"code": "", "name": ""}},
        "other": leftovers(row, ("code", "name", "sector", "executing", "promulgating")),
    }
    return ProcedureRecord(
        **identity(row), kind=RecordKind.LIST.value, source=source, content=filled(content), **sector_of(sectors)
    )
