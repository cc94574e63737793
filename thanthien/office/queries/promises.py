"""Everything promised to citizens, across rooms: "Lời hứa"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.models import Promise
from thanthien.core.promises import open_promises
from thanthien.core.rules import allows
from thanthien.dossiers.queries import dossiers_seen_by
from thanthien.organisation.queries import office_units
from thanthien.satisfaction.queries import cases_seen_by
from thanthien.satisfaction.rules import check_can_read_cases

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit


class PromiseBand(TextChoices):
    LATE = "late", _("Đã trễ hẹn")
    TODAY = "today", _("Hẹn hôm nay")
    WEEK = "week", _("Trong bảy ngày tới")
    LATER = "later", _("Sau đó")
    PAUSED = "paused", _("Đồng hồ đang dừng")


STATES = {
    PromiseBand.LATE: "late",
    PromiseBand.TODAY: "today",
    PromiseBand.WEEK: "ontime",
    PromiseBand.LATER: "plain",
    PromiseBand.PAUSED: "paused",
}


@dataclass(frozen=True, kw_only=True)
class PromiseFilter:
    """Empty values show everything; `changed` shows only promises whose date has moved."""

    band: str = ""
    unit: str = ""
    changed: bool = False


def units_of(staff: "Staff") -> QuerySet["Unit"]:
    return office_units(staff).order_by("path")


def promises_of(staff: "Staff", chosen: PromiseFilter, *, at: datetime) -> QuerySet[Promise]:
    """Open promises of the units that this person sees, the most urgent first, with their changes."""
    codes = list(units_of(staff).values_list("code", flat=True))
    found = open_promises([chosen.unit] if chosen.unit in codes else codes)
    if chosen.band in PromiseBand.values:
        found = found.filter(_in_band(PromiseBand(chosen.band), at))
    if chosen.changed:
        found = found.filter(changes__isnull=False).distinct()
    return found.prefetch_related("changes")


def _in_band(band: PromiseBand, at: datetime) -> Q:
    tonight = _end_of_day(at)
    week = tonight + timedelta(days=7)
    running = Q(paused_at=None)
    return {
        PromiseBand.LATE: running & Q(due_at__lt=at),
        PromiseBand.TODAY: running & Q(due_at__gte=at, due_at__lt=tonight),
        PromiseBand.WEEK: running & Q(due_at__gte=tonight, due_at__lt=week),
        PromiseBand.LATER: running & Q(due_at__gte=week),
        PromiseBand.PAUSED: ~running,
    }[band]


def band_of(promise: Promise, *, at: datetime) -> PromiseBand:
    tonight = _end_of_day(at)
    if promise.paused_at:
        return PromiseBand.PAUSED
    if promise.due_at < at:
        return PromiseBand.LATE
    if promise.due_at < tonight:
        return PromiseBand.TODAY
    return PromiseBand.WEEK if promise.due_at < tonight + timedelta(days=7) else PromiseBand.LATER


def _end_of_day(at: datetime) -> datetime:
    """The midnight that ends this day: bands are half-open."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PromiseRow:
    """A promise with where it leads: `code` of its dossier (or ""), `case` of the unhappy answer (or 0)."""

    promise: Promise
    state: str
    code: str
    who: str
    case: int


def bands_of_promises(
    staff: "Staff", promises: Sequence[Promise], *, at: datetime
) -> list[tuple[str, PromiseBand, list[PromiseRow]]]:
    dossiers, cases = _dossiers_of(staff, promises), _cases_of(staff, promises)
    grouped: dict[PromiseBand, list[PromiseRow]] = {band: [] for band in PromiseBand}
    for promise in promises:
        code, who = dossiers.get(promise.subject, ("", ""))
        band = band_of(promise, at=at)
        case = cases.get(promise.subject, 0)
        grouped[band].append(PromiseRow(promise=promise, state=STATES[band], code=code, who=who, case=case))
    return [(STATES[band], band, rows) for band, rows in grouped.items() if rows]


def _dossiers_of(staff: "Staff", promises: Sequence[Promise]) -> dict[str, tuple[str, str]]:
    """Code and applicant by subject, of those that are dossiers and that this person may open."""
    keys = _keys("dossier:", promises)
    found = dossiers_seen_by(staff).filter(pk__in=keys).order_by().values_list("pk", "code", "applicant_name")
    return {f"dossier:{pk}": (code, name) for pk, code, name in found}


def _cases_of(staff: "Staff", promises: Sequence[Promise]) -> dict[str, int]:
    """Unhappy answers by subject, of those that this person may read."""
    keys = _keys("unhappy:", promises)
    if not keys or not allows(check_can_read_cases, by=staff):
        return {}
    return {f"unhappy:{pk}": pk for pk in cases_seen_by(staff).filter(pk__in=keys).values_list("pk", flat=True)}


def _keys(prefix: str, promises: Sequence[Promise]) -> list[int]:
    return [int(p.subject.removeprefix(prefix)) for p in promises if p.subject.startswith(prefix)]
