from collections.abc import Sequence

from django.db.models import QuerySet

from thanthien.notifications.models import Message


def messages_about(subject: str) -> QuerySet[Message]:
    return Message.objects.filter(subject=subject)


def messages_of(unit_codes: Sequence[str]) -> QuerySet[Message]:
    return Message.objects.filter(unit_code__in=unit_codes)
