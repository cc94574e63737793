"""Three hours before a promise, when the result is not there yet: nobody shall come in vain (FEATURES 37)."""

from datetime import datetime, timedelta

from django.db import transaction

from thanthien.dossiers.actions import messages
from thanthien.dossiers.actions.change import locked
from thanthien.dossiers.enums import RUNNING
from thanthien.dossiers.models import Dossier
from thanthien.notifications.enums import Situation
from thanthien.notifications.queries import occasions_told

BEFORE = timedelta(hours=3)
LEAST = 2 * BEFORE  # who was received later than that has just been told
MOST = 500


def tell_who_may_come_soon(*, at: datetime) -> int:
    """Tells the citizens of all dossiers that are promised within three hours and still at work; once for each date.
    How many were told now."""
    soon = Dossier.objects.filter(status__in=sorted(RUNNING), due_at__gt=at, due_at__lte=at + BEFORE)
    waiting = [one for one in soon.only("pk", "due_at", "received_at") if one.due_at - one.received_at >= LEAST]
    told = occasions_told(Situation.SOON, [one.subject for one in waiting])
    fresh = [one for one in waiting if (one.subject, messages.name_of_date(one.due_at)) not in told][:MOST]
    return sum(_tell(one.pk, at=at) for one in fresh)


@transaction.atomic
def _tell(dossier_id: int, *, at: datetime) -> bool:
    """Unless it was finished or moved in the meantime."""
    dossier = locked(dossier_id)
    if dossier.status not in RUNNING or not at < dossier.due_at <= at + BEFORE:
        return False
    messages.tell_soon(dossier, at=at)
    return True
