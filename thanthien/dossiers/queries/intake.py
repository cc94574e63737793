"""What the counter wants to know before anything is received."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from thanthien.core.working_time import Deadline, StartRule, TimeLimit, TimeUnit, compute_deadline
from thanthien.dossiers.models import Dossier
from thanthien.organisation.queries import calendar_for

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff
    from thanthien.procedures.models import Offering

LOOK_BACK = timedelta(days=30)


def due_if_received(offering: "Offering", *, at: datetime) -> Deadline:
    """The date that would be promised for a dossier of this offering received at this moment."""
    return compute_deadline(
        TimeLimit(offering.committed_amount, TimeUnit(offering.committed_unit)),
        received_at=at,
        calendar=calendar_for(offering.unit),
        start=StartRule(offering.unit.count_from),
    )


def often_received(staff: "Staff", *, at: datetime) -> dict[int, int]:
    """How many dossiers of each offering (by primary key) this person received in the last thirty days."""
    recent = Dossier.objects.filter(received_by=staff, received_at__gte=at - LOOK_BACK).order_by()
    return dict(recent.values_list("offering").annotate(n=Count("pk")))
