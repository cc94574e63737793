"""Leaving people alone for a while: what is told automatically waits until then."""

from datetime import datetime
from typing import Any

from thanthien.notifications.models import Message, MessageHold


def hold_for(
    *, person_id: int | None = None, household_id: int | None = None, until: datetime, reason: str, by: Any,
    at: datetime,
) -> MessageHold:  # fmt: skip
    """No automatic message to this person, or to everybody of this household, until then. Of several the last counts;
    a code that somebody asks for goes out all the same."""
    return MessageHold.objects.create(
        person_id=person_id, household_id=household_id, until=until, reason=reason[:300], created_by=str(by),
        created_at=at,
    )  # fmt: skip


def move_person(*, dropped_id: int, kept_id: int) -> None:
    """Two records were one person: who was left alone still is, also for what waits already."""
    MessageHold.objects.filter(person=dropped_id).update(person=kept_id)
    Message.objects.filter(person=dropped_id, next_try_at__isnull=False).update(person=kept_id)
