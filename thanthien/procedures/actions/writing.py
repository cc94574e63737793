"""Writing a lot of records with few statements: sectors, procedures, the ends of old versions, new versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from thanthien.core.text import plain
from thanthien.procedures.models import Procedure, ProcedureVersion, Sector
from thanthien.procedures.outside import ProcedureRecord, is_immediate, life_event_of

PROCEDURE_FIELDS = ["name", "plain_name", "sector", "life_event", "is_active", "closing_reason"]
LOT = 200
SOURCE_LENGTH = 300


@dataclass(frozen=True, kw_only=True)
class State:
    """A procedure as it stands: its newest version's kind and fingerprint ("" when it has none)."""

    kind: str
    fingerprint: str
    procedure: Any = None
    version: ProcedureVersion | None = None


def states_of(codes: list[str]) -> dict[str, State]:
    """By code, those that are in the catalogue (two statements)."""
    procedures = {procedure.pk: procedure for procedure in Procedure.objects.filter(code__in=codes)}
    versions = ProcedureVersion.objects.filter(procedure__in=procedures).defer("content").order_by("number")
    newest = {version.procedure_id: version for version in versions}
    return {procedure.code: _state(procedure, newest.get(pk)) for pk, procedure in procedures.items()}


def _state(procedure: Procedure, version: ProcedureVersion | None) -> State:
    kind, mark = (version.kind, version.fingerprint) if version else ("", "")
    return State(kind=kind, fingerprint=mark, procedure=procedure, version=version)


def write(
    new: list[ProcedureRecord], changed: list[ProcedureRecord], states: dict[str, State], *, day: date, at: datetime
) -> None:
    """New procedures with their first version, and next versions of those that changed; inside a transaction."""
    sectors = _sectors([*new, *changed])
    created = Procedure.objects.bulk_create(
        (Procedure(code=record.code, **_facts(record, sectors)) for record in new), batch_size=LOT
    )
    versions = [_first(record, procedure, day, at) for record, procedure in zip(new, created, strict=True)]
    versions += _followed([(record, states[record.code]) for record in changed], sectors, day, at)
    ProcedureVersion.objects.bulk_create(versions, batch_size=LOT)


def _sectors(records: Iterable[ProcedureRecord]) -> dict[str, Sector]:
    """By name, made where they are missing; a sector without a code takes the first that comes."""
    codes: dict[str, str] = {}
    for record in records:
        codes[record.sector_name] = codes.get(record.sector_name) or record.sector_code
    there = {sector.name: sector for sector in Sector.objects.filter(name__in=codes)}
    Sector.objects.bulk_create(Sector(name=name, code=code) for name, code in codes.items() if name not in there)
    without = [sector for name, sector in there.items() if codes[name] and not sector.code]
    for sector in without:
        sector.code = codes[sector.name]
    Sector.objects.bulk_update(without, ["code"])
    return {sector.name: sector for sector in Sector.objects.filter(name__in=codes)}


def _facts(record: ProcedureRecord, sectors: dict[str, Sector]) -> dict[str, Any]:
    return {
        "name": record.name,
        "plain_name": plain(record.name),
        "sector": sectors[record.sector_name],
        "life_event": life_event_of(record.name, record.sector_name),
        "is_active": record.is_active,
        "closing_reason": "" if record.is_active else f"Cổng Dịch vụ công quốc gia: {record.state}"[:300],
    }


def _first(record: ProcedureRecord, procedure: Procedure, day: date, at: datetime) -> ProcedureVersion:
    """Valid from the decision that announced it, or from today when that is not known or still to come."""
    version = _version(record, procedure, at)
    version.number, version.valid_from = 1, min(day, _day(record.decided_on) or day)
    version.is_immediate = is_immediate(record.code)
    return version


def _followed(
    changed: list[tuple[ProcedureRecord, State]], sectors: dict[str, Sector], day: date, at: datetime
) -> list[ProcedureVersion]:
    """The next versions; the old ones end the day before (or on their own first day)."""
    for record, state in changed:
        for name, value in _facts(record, sectors).items():
            setattr(state.procedure, name, value)
    Procedure.objects.bulk_update([state.procedure for _, state in changed], PROCEDURE_FIELDS, batch_size=LOT)
    old = [state.version for _, state in changed if state.version and state.version.valid_to is None]
    for version in old:
        version.valid_to = max(version.valid_from, day - timedelta(days=1))
    ProcedureVersion.objects.bulk_update(old, ["valid_to"], batch_size=LOT)
    return [_next(record, state, day, at) for record, state in changed]


def _next(record: ProcedureRecord, state: State, day: date, at: datetime) -> ProcedureVersion:
    before = state.version
    if before is None:
        return _first(record, state.procedure, day, at)
    version = _version(record, state.procedure, at)
    version.number, version.valid_from = before.number + 1, max(day, before.valid_from)
    version.is_immediate, version.supplement_policy = before.is_immediate, before.supplement_policy
    return version


def _version(record: ProcedureRecord, procedure: Procedure, at: datetime) -> ProcedureVersion:
    return ProcedureVersion(
        procedure=procedure,
        name=record.name,
        limit_amount=Decimal(record.limit_amount) if record.limit_amount else None,
        limit_unit=record.limit_unit,
        limit_text=record.limit_text,
        content=record.content,
        kind=record.kind,
        fingerprint=record.fingerprint,
        source=record.source[:SOURCE_LENGTH],
        imported_at=at,
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
