"""Units from a list: made, changed or left alone; doing it again changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.organisation.actions.units import UnitFacts, change_unit, create_unit
from thanthien.organisation.models import Staff, Unit, UnitSuccession
from thanthien.organisation.outside import Fault, UnitRow, recording
from thanthien.organisation.rules import check_can_succeed

TOLD = ("name", "kind", "level", "valid_from", "valid_to")


@dataclass
class ImportReport:
    """How many units were made, changed, left alone; which lines were not taken, and why."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Fault] = field(default_factory=list)

    @property
    def as_json(self) -> dict[str, object]:
        return vars(self) | {"rejected": [vars(fault) for fault in self.rejected]}


def import_units(rows: Iterable[UnitRow], *, by: Staff, at: datetime) -> ImportReport:
    """Each line stands for itself: one that is refused keeps nobody else out. A parent may come after its children."""
    report = ImportReport()
    waiting = {row.code: row for row in rows}
    kept = list(waiting.values())
    while ready := [row for row in waiting.values() if row.parent_code not in waiting]:
        for row in ready:
            del waiting[row.code]
            _try(report, row, lambda row=row: _take(report, row, by=by, at=at))
    for row in waiting.values():
        report.rejected.append(Fault(row.source, _("Các đơn vị trực thuộc lẫn nhau thành vòng.")))
    for row in kept:
        if row.successor_code and row.code not in waiting:
            _try(report, row, lambda row=row: _succeed(row, by=by, at=at))
    return report


def _try(report, row, act) -> None:  # type: ignore[no-untyped-def]
    try:
        with transaction.atomic():
            act()
    except Refused as refusal:
        report.rejected.append(Fault(row.source, str(refusal)))


def _take(report: ImportReport, row: UnitRow, *, by: Staff, at: datetime) -> None:
    unit, parent = _unit(row.code), _unit(row.parent_code)
    if row.parent_code and parent is None:
        raise Refused(_("Không có đơn vị cấp trên mang mã %(code)s.") % {"code": row.parent_code})
    told = {name: getattr(row, name) for name in TOLD}
    if unit is None:
        create_unit(UnitFacts(code=row.code, parent=parent, **told), by=by, at=at)
        report.created += 1
    elif unit.parent != parent or any(getattr(unit, name) != value for name, value in told.items()):
        kept = {name: getattr(unit, name) for name in UnitFacts.__dataclass_fields__}
        change_unit(unit, UnitFacts(**kept | told | {"parent": parent}), by=by, at=at)
        report.updated += 1
    else:
        report.unchanged += 1


def _unit(code: str) -> Unit | None:
    return Unit.objects.select_related("parent").filter(code=code).first() if code else None


def _succeed(row: UnitRow, *, by: Staff, at: datetime) -> None:
    old, new = _unit(row.code), _unit(row.successor_code)
    if old is None or new is None:
        raise Refused(_("Không có đơn vị kế thừa mang mã %(code)s.") % {"code": row.successor_code})
    told = {"date": row.succession_date, "share": row.share}
    if not UnitSuccession.objects.filter(old=old, new=new, **told).exists():
        check_can_succeed(old, new, by=by)
        with recording(by=by, at=at):
            UnitSuccession.objects.update_or_create(old=old, new=new, defaults=told)
