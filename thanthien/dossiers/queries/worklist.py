"""What lies on somebody's desk, the most urgent first, in bands by promise (LOOK.md)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import plain
from thanthien.dossiers.enums import FOR_CITIZEN, OPEN, PAUSED, RUNNING, Status
from thanthien.dossiers.models import Apology, Dossier, HandOver, SavedFilter
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import desks_of, office_units

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

PAGE = 25


class Band(TextChoices):
    LATE = "late", _("Đã quá hẹn")
    SOON = "soon", _("Sắp lỡ hẹn")
    TODAY = "today", _("Hôm nay")
    ONTIME = "ontime", _("Đang đúng hẹn")
    NEW = "new", _("Chờ tiếp nhận")
    AGENCY = "agency", _("Đang chờ cơ quan khác")
    PAUSED = "paused", _("Đang chờ dân bổ sung")


@dataclass(frozen=True, kw_only=True)
class WorkFilter:
    """What of the desk to show. Empty values show everything."""

    text: str = ""
    sector: str = ""
    band: str = ""
    step: str = ""
    whose: str = field(default="desk")  # "mine": only what was given to me; "office": the whole office


def work_of(staff: "Staff", chosen: WorkFilter, *, at: datetime) -> QuerySet[Dossier]:
    """The open dossiers that this person can act on now, by promised date."""
    related = "desk_unit", "unit", "holder"
    found = Dossier.objects.filter(_on_desk_of(staff, chosen.whose), status__in=sorted(OPEN)).select_related(*related)
    if chosen.text:
        for word in plain(chosen.text).split()[:6]:
            found = found.filter(Q(applicant_plain__contains=word) | Q(code__icontains=word))
    if chosen.sector:
        found = found.filter(offering__procedure__sector_id=chosen.sector)
    if chosen.step:
        found = found.filter(step_name=chosen.step)
    if chosen.band in Band.values:
        found = found.filter(_in_band(Band(chosen.band), at=at))
    return found.order_by("due_at", "pk")


def _on_desk_of(staff: "Staff", whose: str) -> Q:
    if whose == "mine":
        return Q(holder=staff, closed_at=None)
    if whose == "office" or staff.has_role(Role.INSPECTOR, Role.UNIT_ADMIN):
        return Q(desk_unit__in=office_units(staff).values("pk"), closed_at=None)
    # `closed_at` on both sides: so each side finds its partial index, and the join of both is short.
    at_my_desks = Q(desk_unit__in=set(desks_of(staff)), desk_role__in=staff.roles, holder=None, closed_at=None)
    return Q(holder=staff, closed_at=None) | at_my_desks


def _in_band(band: Band, *, at: datetime) -> Q:
    midnight = end_of_day(at)
    running = Q(status__in=sorted(RUNNING))
    return {
        Band.LATE: running & Q(due_at__lt=at),
        Band.SOON: running & Q(due_at__gte=at, apology_at__lte=at),
        Band.TODAY: running & Q(due_at__gte=at, due_at__lte=midnight, apology_at__gt=at),
        Band.ONTIME: running & Q(due_at__gt=midnight, apology_at__gt=at),
        Band.NEW: Q(status=Status.NEW),
        Band.AGENCY: Q(status=Status.OTHER_AGENCY),
        Band.PAUSED: Q(status__in=sorted(FOR_CITIZEN)),
    }[band]


def band_of(dossier: Dossier, *, at: datetime) -> Band:
    if dossier.status in PAUSED:
        return Band.PAUSED if dossier.status in FOR_CITIZEN else Band.AGENCY
    if dossier.status == Status.NEW or dossier.due_at is None:
        return Band.NEW
    if dossier.due_at < at:
        return Band.LATE
    if dossier.apology_at and dossier.apology_at <= at:
        return Band.SOON
    return Band.TODAY if dossier.due_at <= end_of_day(at) else Band.ONTIME


def bands_of(dossiers: list[Dossier], *, at: datetime) -> list[tuple[Band, list[Dossier]]]:
    """The page's dossiers under their bands, most urgent band first; empty bands are left out."""
    grouped: dict[Band, list[Dossier]] = {band: [] for band in Band}
    for dossier in dossiers:
        grouped[band_of(dossier, at=at)].append(dossier)
    return [(band, rows) for band, rows in grouped.items() if rows]


def end_of_day(at: datetime) -> datetime:
    local = timezone.localtime(at)
    return local.replace(hour=23, minute=59, second=59, microsecond=999999)


def waiting_for_return(staff: "Staff") -> QuerySet[Dossier]:
    """Results that wait for their owners at this office, the oldest first."""
    units = office_units(staff).values("pk")
    found = Dossier.objects.filter(status=Status.FINISHED, receiving_unit__in=units, closed_at=None)
    return found.filter(finished_at__isnull=False).order_by("finished_at", "pk")


def open_hand_overs(staff: "Staff") -> QuerySet[HandOver]:
    """Dossiers handed to this person's desks that nobody has signed for."""
    return _unsigned().filter(to_unit__in=set(desks_of(staff)), to_role__in=staff.roles).order_by("given_at", "pk")


def silent_hand_overs(staff: "Staff", *, before: datetime) -> QuerySet[HandOver]:
    """Hand-overs to the units that this person watches which nobody signed for since before that moment."""
    units = office_units(staff).values("pk")
    return _unsigned().filter(to_unit__in=units, given_at__lt=before).order_by("given_at", "pk")


def _unsigned() -> QuerySet[HandOver]:
    """Not signed for, and the dossier still lies where it was handed to: who worked on it and passed it on had it."""
    still_there = Q(dossier__desk_unit=F("to_unit"), dossier__desk_role=F("to_role"), dossier__closed_at=None)
    found = HandOver.objects.filter(still_there, acknowledged_at=None)
    return found.select_related("dossier", "from_unit", "to_unit")


def saved_filters_of(staff: "Staff") -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(staff=staff).order_by("name")


def silent_dossiers(staff: "Staff", *, at: datetime) -> QuerySet[Dossier]:
    """Untouched for half their step's time (FEATURES 5.8): for those who answer for the office."""
    units = office_units(staff).values("pk")
    return (
        Dossier.objects.filter(status__in=sorted(RUNNING), silent_at__lte=at, desk_unit__in=units, closed_at=None)
        .select_related("desk_unit", "holder")
        .order_by("silent_at", "pk")
    )


def due_between(holders: Iterable[int], *, first: datetime, last: datetime) -> QuerySet[Dossier]:
    """Running dossiers that these people hold and that are promised for that while, by promised date."""
    found = Dossier.objects.filter(holder__in=holders, status__in=sorted(RUNNING), closed_at=None)
    return found.filter(due_at__gte=first, due_at__lt=last).order_by("due_at", "pk")


def apologies_owed(staff: "Staff") -> QuerySet[Apology]:
    """Apologies that are owed and not yet sent, the longest owed first."""
    units = office_units(staff).values("pk")
    related = "dossier", "dossier__unit", "answerable", "unit"
    return (
        Apology.objects.filter(unit__in=units, sent_at=None, not_needed_at=None)
        .select_related(*related)
        .order_by("owed_at", "pk")
    )
