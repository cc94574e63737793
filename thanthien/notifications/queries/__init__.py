"""What was told, and what did not reach people."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from thanthien.core.figures import Scope
from thanthien.notifications.enums import ANY_UNDER_WAY, UNDER_WAY, MessageState, Situation
from thanthien.notifications.models import Message
from thanthien.notifications.queries.codes import can_send_code_to, demonstration_code
from thanthien.notifications.queries.sending import held_until
from thanthien.organisation.queries import office_units

__all__ = [
    "can_send_code_to",
    "demonstration_code",
    "held_until",
    "message_for",
    "messages_about",
    "messages_chosen",
    "messages_not_sent",
    "messages_seen_by",
    "occasions_told",
    "only_by_phone",
    "outcome_of_the_day",
]


def messages_about(subject: str) -> QuerySet[Message]:
    """Everything that was told about this subject, the newest first."""
    return Message.objects.filter(subject=subject)


def messages_seen_by(staff: Any, **chosen: Any) -> QuerySet[Message]:
    """The messages of the person's office; `chosen` narrows by `state`, `situation`, `channel`, `first` and `last` day
    of writing. What is empty or unknown narrows nothing."""
    found = Message.objects.filter(unit_code__in=office_units(staff).values("code"))
    if chosen.get("state") == ANY_UNDER_WAY:
        found = found.filter(state__in=UNDER_WAY)
    elif chosen.get("state"):
        found = found.filter(state=chosen["state"])
    for name in ("situation", "channel"):
        if chosen.get(name):
            found = found.filter(**{name: chosen[name]})
    if first := chosen.get("first"):
        found = found.filter(created_at__gte=days(first, first)[0])
    if last := chosen.get("last"):
        found = found.filter(created_at__lt=days(last, last)[1])
    return found


def messages_chosen(staff: Any, chosen: Sequence[int]) -> list[Message]:
    """Those of these that the person may see at all."""
    return list(messages_seen_by(staff).filter(pk__in=chosen))


def days(first: date, last: date) -> tuple[datetime, datetime]:
    return Scope(unit_codes=(), first=first, last=last).moments


def message_for(staff: Any, message_id: int) -> Message:
    return get_object_or_404(messages_seen_by(staff), pk=message_id)


def occasions_told(situation: Situation, subjects: Sequence[str]) -> set[tuple[str, str]]:
    """Subject and occasion of what these were told already in that situation."""
    told = Message.objects.filter(situation=situation, subject__in=subjects)
    return set(told.values_list("subject", "occasion"))


def messages_not_sent() -> QuerySet[Message]:
    """What no channel took, in every office: for `thanthien doctor`."""
    return Message.objects.filter(state=MessageState.FAILED)


def outcome_of_the_day(*, at: datetime) -> tuple[int, int]:
    """Of the messages of the last 24 hours: how many went out, and how many were tried in vain so far."""
    found = Message.objects.filter(created_at__gt=at - timedelta(days=1))
    tried_in_vain = Q(state=MessageState.FAILED) | Q(state=MessageState.WAITING, failures__gt=0)
    return found.filter(state=MessageState.SENT).count(), found.filter(tried_in_vain).count()


def only_by_phone(*, at: datetime) -> int:
    """Messages of the last month that no way could carry, to people with a phone."""
    found = Message.objects.filter(state=MessageState.NO_ADDRESS, created_at__gt=at - timedelta(days=30))
    return found.exclude(phone="").count()
