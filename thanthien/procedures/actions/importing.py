"""Taking records into the catalogue.

How records of several sources are merged: a version is always one record, whole, never patched together. A richer
kind (`enums.richness_of`: detail, starting catalogue, catalogue line, Excel row) follows a poorer one as a new version;
a poorer one never touches a richer one and counts as unchanged. Within one kind the record that says something else
than the version in force (by fingerprint) makes a new version; what the office has set on the old one (policy of
supplements, immediate result) goes over to it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from thanthien.core import timeline
from thanthien.core.events import publish
from thanthien.procedures.actions.writing import State, states_of, write
from thanthien.procedures.enums import richness_of
from thanthien.procedures.events import CatalogueImported
from thanthien.procedures.outside import ProcedureRecord, RecordFault

BATCH = 400
SUBJECT = "catalogue"

Found = ProcedureRecord | RecordFault
Progress = Callable[[int], None]


@dataclass
class ImportReport:
    """How many procedures are new, have a new version, stayed as they were; and what was not taken, with the reason."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[RecordFault] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged + len(self.rejected)

    def as_dict(self) -> dict[str, Any]:
        rejected = [{"source": fault.source, "reason": fault.reason} for fault in self.rejected]
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": rejected,
        }


def import_records(
    found: Iterable[Found], *, by: str, at: datetime, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Takes each good record as a whole, names each bad one, and never stops at one.

    The same code twice from sources of one kind: the first counts, the others are named. `dry_run` writes nothing.
    `progress` is told after each batch how many were done. `by` is a name for the history.
    """
    run = _Run(day=localdate(at), at=at, dry_run=dry_run)
    for batch in _batches(run.checked(found)):
        run.take(batch)
        if progress:
            progress(run.report.total)
    if not dry_run and (run.report.created or run.report.updated):
        _note(run.report, by, at)
    return run.report


def _note(report: ImportReport, by: str, at: datetime) -> None:
    said = (
        f"Nhập danh mục thủ tục: {report.created} mới, {report.updated} có phiên bản mới, {report.unchanged} giữ nguyên"
    )
    counts = report.as_dict() | {"rejected": len(report.rejected)}
    with transaction.atomic():
        timeline.append(SUBJECT, timeline.Note(kind="catalogue_imported", text=said, data=counts), by=by, at=at)
        publish(CatalogueImported(created=report.created, updated=report.updated))


def _batches(records: Iterable[ProcedureRecord]) -> Iterator[list[ProcedureRecord]]:
    """Lots in which no code comes twice, so that each can be written at once."""
    lot: dict[str, ProcedureRecord] = {}
    for record in records:
        if record.code in lot or len(lot) == BATCH:
            yield list(lot.values())
            lot = {}
        lot[record.code] = record
    if lot:
        yield list(lot.values())


@dataclass
class _Run:
    """One import: what was seen, what came of it."""

    day: date
    at: datetime
    dry_run: bool
    report: ImportReport = field(default_factory=ImportReport)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    planned: dict[str, State] = field(default_factory=dict)

    def checked(self, found: Iterable[Found]) -> Iterator[ProcedureRecord]:
        """The good records; faults and codes that come again go into the report."""
        for one in found:
            if isinstance(one, RecordFault):
                self.report.rejected.append(one)
            elif first := self.seen.get((one.kind, one.code)):
                self._reject(one, f"Trùng mã {one.code}: đã có ở {first} trong cùng lần nhập.")
            else:
                self.seen[one.kind, one.code] = one.source
                yield one

    def take(self, records: list[ProcedureRecord]) -> None:
        """Writes a lot in one transaction; if the database refuses it, each record in one of its own."""
        try:
            with transaction.atomic():
                counts = self._written(records)
        except DatabaseError:
            if len(records) == 1:
                self._reject(records[0], "Cơ sở dữ liệu không nhận bản ghi này.")
            else:
                for record in records:
                    self.take([record])
            return
        self.report.created += counts[0]
        self.report.updated += counts[1]
        self.report.unchanged += counts[2]

    def _written(self, records: list[ProcedureRecord]) -> tuple[int, int, int]:
        states = states_of([record.code for record in records]) | self.planned
        new = [record for record in records if record.code not in states]
        changed = [record for record in records if record.code in states and _changes(record, states[record.code])]
        if self.dry_run:
            self.planned |= {one.code: State(kind=one.kind, fingerprint=one.fingerprint) for one in [*new, *changed]}
        else:
            write(new, changed, states, day=self.day, at=self.at)
        return len(new), len(changed), len(records) - len(new) - len(changed)

    def _reject(self, record: ProcedureRecord, reason: str) -> None:
        self.report.rejected.append(RecordFault(source=record.source, reason=reason))


def _changes(record: ProcedureRecord, state: State) -> bool:
    """Whether this record makes a new version (see the head of this file)."""
    if not state.kind:
        return True
    mine, theirs = richness_of(record.kind), richness_of(state.kind)
    return mine > theirs or (mine == theirs and record.fingerprint != state.fingerprint)
