"""Messages to citizens: written down with the change they tell of, sent after it, tried again when the line fails."""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from thanthien.notifications import rules
from thanthien.notifications.enums import MessageState, Situation
from thanthien.notifications.models import Message

logger = logging.getLogger(__name__)
PAUSES = [timedelta(minutes=m) for m in (1, 5, 30, 120, 720)]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What to tell whom: `subject` names what it is about ("dossier:123"), `address` may be empty."""

    subject: str
    unit_code: str
    situation: Situation
    address: str
    title: str
    body: str


def tell(notice: Notice, *, at: datetime) -> Message | None:
    """Writes the message and its sending down in the transaction of the caller. Without an address: nothing to send."""
    if not notice.address:
        return None
    message = Message.objects.create(created_at=at, **vars(notice))
    send.enqueue(message.pk)
    return message


@task()
def send(message_id: int) -> None:
    """Sends one message by SMTP. A message already sent stays sent, however often this runs."""
    message = Message.objects.get(pk=message_id)
    if message.state != MessageState.WAITING:
        return
    try:
        # Outside of any transaction: a slow mail server must not hold a lock.
        send_mail(message.title, message.body, None, [message.address])
    except (OSError, smtplib.SMTPException) as error:
        _fail(message, error)
    else:
        message.state, message.sent_at, message.error = MessageState.SENT, timezone.now(), ""
        message.save(update_fields=["state", "sent_at", "error"])


@transaction.atomic
def _fail(message: Message, error: Exception) -> None:
    message.failures += 1
    message.error = _("Máy chủ thư không nhận: %(error)s") % {"error": error}
    logger.warning("message %s not sent (%s times)", message.pk, message.failures)
    if message.failures > len(PAUSES):
        message.state = MessageState.FAILED
    else:
        later = timezone.now() + PAUSES[message.failures - 1]
        send.using(run_after=later).enqueue(message.pk)
    message.save(update_fields=["state", "failures", "error"])


@transaction.atomic
def send_again(message: Message, *, by: Any, at: datetime) -> Message:
    """Puts a message that could not be sent back in line."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    rules.check_can_send_again(message, by=by)
    message.state, message.failures, message.error = MessageState.WAITING, 0, ""
    message.save(update_fields=["state", "failures", "error"])
    send.enqueue(message.pk)
    logger.info("message %s sent again at %s by staff %s", message.pk, at, by.pk)
    return message
