"""The records behind the figures of messages, by the moment they were written."""

from django.db.models import QuerySet

from thanthien.core.figures import Scope
from thanthien.notifications.enums import UNDER_WAY, MessageState
from thanthien.notifications.models import Message


def written_in(scope: Scope) -> QuerySet[Message]:
    start, end = scope.moments
    found = Message.objects.filter(unit_code__in=scope.unit_codes, created_at__gte=start, created_at__lt=end)
    return found.order_by("created_at", "pk")


def sent_in(scope: Scope) -> QuerySet[Message]:
    return written_in(scope).filter(state=MessageState.SENT)


def under_way_in(scope: Scope) -> QuerySet[Message]:
    return written_in(scope).filter(state__in=UNDER_WAY)


def failed_in(scope: Scope) -> QuerySet[Message]:
    return written_in(scope).filter(state=MessageState.FAILED)


def without_address_in(scope: Scope) -> QuerySet[Message]:
    return written_in(scope).filter(state=MessageState.NO_ADDRESS)
