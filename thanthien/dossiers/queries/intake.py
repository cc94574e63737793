"""What the counter wants to know before anything is received."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.text import plain
from thanthien.core.working_time import Deadline, StartRule, TimeLimit, TimeUnit, compute_deadline
from thanthien.dossiers.models import Dossier, Guidance
from thanthien.organisation.queries import calendar_for, desks_of, office_of, office_units, units_below
from thanthien.procedures.queries import offering_with_version, offerings_of

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit
    from thanthien.procedures.models import Offering

LOOK_BACK = timedelta(days=14)
A_WORKING_DAY = TimeLimit(Decimal(1), TimeUnit.WORKING_DAY)


def due_if_received(offering: "Offering", *, at: datetime) -> Deadline:
    """The date that would be promised for a dossier of this offering received at this moment."""
    return compute_deadline(
        time_limit_of(offering),
        received_at=at,
        calendar=calendar_for(offering.unit),
        start=StartRule(offering.unit.count_from),
    )


def checked_by(unit: "Unit", *, at: datetime) -> Deadline:
    """Until when what is filed online now will have been looked at: within a working day."""
    start = StartRule(unit.count_from)
    return compute_deadline(A_WORKING_DAY, received_at=at, calendar=calendar_for(unit), start=start)


def time_limit_of(offering: "Offering") -> TimeLimit:
    """The committed time, which says itself in words ("10 ngày làm việc")."""
    return TimeLimit(offering.committed_amount, TimeUnit(offering.committed_unit))


def often_received(staff: "Staff", *, at: datetime) -> dict[int, int]:
    """How many of the office's dossiers this person received in the last two weeks, by the offering's primary key."""
    here = Dossier.objects.filter(unit=office_of(staff), received_at__gte=at - LOOK_BACK)
    recent = here.filter(received_by=staff).order_by()
    return dict(recent.values_list("offering").annotate(n=Count("pk")))


@dataclass(frozen=True)
class CounterRow:
    """A procedure to choose at the counter; `key` is its shortcut ("" for none), `words` what it is found by."""

    offering: "Offering"
    key: str
    words: str
    limit: str


def units_served_here(staff: "Staff") -> QuerySet["Unit"]:
    """Other units of the province whose dossiers this counter may take, for procedures that are received regardless of
    territory."""
    office = office_of(staff)
    free = {"offerings__is_non_territorial": True, "offerings__valid_to": None, "valid_to": None}
    return units_below(office.parent or office).filter(**free).exclude(pk=office.pk).distinct().order_by("path")


def counter_list(staff: "Staff", *, at: datetime, unit_id: int = 0) -> list[CounterRow]:
    """What this office offers; those that this person received most come first, the first nine with a number key.

    With `unit_id`: what of that other unit is received here.
    """
    uses = often_received(staff, at=at)
    other = units_served_here(staff).filter(pk=unit_id).first() if unit_id else None
    offerings = offerings_of(other).filter(is_non_territorial=True) if other else offerings_of(office_of(staff))
    offered = sorted(offerings, key=lambda offering: -uses.get(offering.pk, 0))
    taken = {offering.shortcut for offering in offered if offering.shortcut}
    free = iter([str(n) for n in range(1, 10) if str(n) not in taken])
    return [
        CounterRow(
            offering=o,
            key=o.shortcut or next(free, ""),
            words=f"{plain(o.procedure.name)} {o.procedure.code}",
            limit=str(time_limit_of(o)),
        )
        for o in offered
    ]


def offering_at_counter(staff: "Staff", offering_id: int) -> Any:
    """The offering, with its unit, procedure and version in force, that this person's counter takes dossiers for: of
    the own office, or of any unit for procedures that are received regardless of territory (NĐ 118/2025). Else 404.

    Raises `Refused` for one that is offered no longer.
    """
    offering: Any = offering_with_version(offering_id)
    if offering.unit_id not in desks_of(staff) and not offering.is_non_territorial:
        raise Http404
    if offering.valid_to is not None or offering.version is None:
        raise Refused(_("Thủ tục này đơn vị không còn tiếp nhận. Xin chọn lại trong danh sách."))
    return offering


def guidance_for(staff: "Staff", guidance_id: int) -> Guidance:
    """404 for another office."""
    seen = Guidance.objects.filter(unit__in=office_units(staff)).select_related("unit", "procedure")
    return get_object_or_404(seen, pk=guidance_id)
