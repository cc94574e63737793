"""The records behind the figures of messages, by the moment they were written."""

from django.db.models import QuerySet

from thanthien.core.figures import Record, Scope
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


def message_record(message: Message) -> Record:
    """Without the person and without what was said: by which way, about what, what became of it. Only dossiers have a
    number here: the code of an appointment is its owner's."""
    code = str(message.facts.get("mã", "")) if message.subject.startswith("dossier:") else ""
    what = f"{message.get_situation_display()} · {message.get_state_display()}"
    way = message.get_channel_display() or "–"
    return Record(number=code or "–", who=way, what=what, at=message.created_at, code=code)
