"""The staffing advice is worked out in the evening, since it takes seconds."""

from datetime import datetime

from thanthien.organisation.queries import counters_of
from thanthien.queue.models import Hall, StaffingAdvice
from thanthien.queue.queries.slots import all_halls
from thanthien.queue.queries.staffing import advised_for


def advise_staffing(*, at: datetime) -> int:
    """For every hall; how many got an advice. Outside of any transaction: it only computes, and writes one row each."""
    return sum(_advise(hall, at=at) for hall in all_halls())


def _advise(hall: Hall, *, at: datetime) -> bool:
    most = max(counters_of(hall.unit).count(), 1)
    data = advised_for(hall, most=most, at=at)
    if data is None:
        return False
    StaffingAdvice.objects.update_or_create(hall=hall, defaults={"made_at": at, "data": data})
    return True
