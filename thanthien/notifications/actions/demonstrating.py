"""The demonstration tells of weeks that never were: its messages went out then, and a few did not."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.notifications.actions.sending import address
from thanthien.notifications.enums import MessageState
from thanthien.notifications.models import Message
from thanthien.notifications.queries.sending import hold_on

FRESH = timedelta(hours=1)
ONE_IN = 23  # does not arrive


def settle_demonstration(*, at: datetime) -> int:
    """Gives the invented messages of before their end: sent a moment after they were written, here and there refused.
    How many. Raises `Refused` outside of the demonstration: a real message is never said to be sent when it was not."""
    if not settings.DEMO:
        raise Refused(_("Chỉ dùng cho bản trình diễn."))
    past = Message.objects.filter(state=MessageState.WAITING, created_at__lt=at - FRESH).order_by("pk")
    for place, message in enumerate(past, 1):
        if hold_on(message, at=at) or not address(message, after=None):
            continue
        message.next_try_at = None
        if place % ONE_IN == 0:
            message.state, message.failures = MessageState.FAILED, 1
            message.error = _("Cổng tin nhắn từ chối, mã %(said)s.") % {"said": "thuê bao không nhận tin (trình diễn)"}
        else:
            message.state, message.sent_at = MessageState.SENT, message.created_at + timedelta(seconds=4)
        message.save()
    return len(past)
