"""Messages go out: after the commit, by the best channel there is, again with a growing pause when it fails."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from thanthien.core.rules import Refused
from thanthien.notifications import outside, rules
from thanthien.notifications.enums import UNDER_WAY, Channel, MessageState, Situation
from thanthien.notifications.models import Message
from thanthien.notifications.queries.sending import channels_for, hold_on, switches_of, text_for

logger = logging.getLogger(__name__)
PAUSES = [timedelta(minutes=m) for m in (1, 5, 30, 120, 720)]
REST, POSTPONED = timedelta(seconds=60), timedelta(minutes=10)
FORGOTTEN = timedelta(minutes=15)
MOST_AT_ONCE = 500
STATE = ("state", "failures", "error", "next_try_at")
TEXT = ("channel", "address", "title", "body")


@task()
def send(name: str) -> None:
    """Sends the message of this uuid. One that is no longer under way stays as it is, however often this runs."""
    message = Message.objects.filter(uuid=name, state__in=UNDER_WAY).first()
    at = timezone.now()
    if message is None or _is_too_late(message, at=at) or not _is_addressed(message) or _is_held(message, at=at):
        return
    if cache.get(_resting(message)):
        # What expires soon is tried soon; of the rest thousands may wait, which must not all ask each minute.
        _come_back(message, at + (REST if message.expires_at else POSTPONED))
        return
    letter = outside.Letter(
        id=str(message.uuid), address=message.address, title=message.title, body=message.body,
        situation=message.situation, facts=message.facts,
    )  # fmt: skip
    try:
        # Outside of any transaction: a slow server must not hold a lock.
        reference = outside.deliver(Channel(message.channel), letter)
    except outside.Rejected as reason:
        _try_another_way(message, str(reason))
    except outside.Unreachable as reason:
        cache.set(_resting(message), True, REST.total_seconds())
        _try_later(message, str(reason))
    except outside.NotNow as reason:
        _try_later(message, str(reason))
    else:
        message.state, message.sent_at, message.reference = MessageState.SENT, timezone.now(), reference
        message.error, message.next_try_at = "", None
        _forget_secrets(message)
        message.save(update_fields=[*STATE, *TEXT, "sent_at", "reference", "facts"])


def _is_too_late(message: Message, *, at: datetime) -> bool:
    if message.expires_at is None or at < message.expires_at:
        return False
    _give_up(message, message.error or _("Đã quá lúc cần báo."))
    return True


def _is_addressed(message: Message) -> bool:
    """Whether it has its channel and text; chosen at the first try."""
    return bool(message.channel) or address(message, after=None)


def address(message: Message, *, after: str | None) -> bool:
    """Chooses the channel (the next one `after` that which failed) and writes the text for it."""
    ways = channels_for(message)
    ways = ways[ways.index(Channel(after)) + 1 :] if after in ways else ways if after is None else []
    if not ways:
        if after is None:
            message.state, message.next_try_at = MessageState.NO_ADDRESS, None
            message.error = _("Không có điện thoại hay thư điện tử gửi được tin.")
            message.save(update_fields=[*STATE])
        return False
    message.channel = ways[0]
    message.address = message.email if message.channel == Channel.EMAIL else message.phone
    message.title, message.body = text_for(message)
    message.save(update_fields=TEXT)
    return True


def _is_held(message: Message, *, at: datetime) -> bool:
    """Whether it must wait: for the end of the quiet hours, or of a time in which this person is left alone."""
    quiet = None if message.situation in rules.AT_ANY_HOUR else switches_of(message.unit_code).quiet
    ends = [hold_on(message, at=at), rules.end_of_quiet(quiet, at=at)]
    until = max((end for end in ends if end), default=None)
    if until is None:
        return False
    message.state = MessageState.HELD
    message.error = _("Ngoài giờ gửi tin; sẽ gửi sau.") if ends[0] is None else _("Tạm không gửi tin cho người này.")
    _come_back(message, until)
    return True


def _resting(message: Message) -> str:
    """A channel that nobody answered is left alone for a moment: the worker has more to do than to wait for it."""
    return f"notifications:resting:{message.channel}"


@transaction.atomic
def _come_back(message: Message, moment: datetime) -> None:
    message.next_try_at = moment
    message.save(update_fields=STATE)
    send.using(run_after=moment).enqueue(str(message.uuid))


@transaction.atomic
def _try_another_way(message: Message, reason: str) -> None:
    """The channel said no for good: the next one of the unit, if there is one, is tried at once."""
    logger.warning("message %s refused by %s", message.pk, message.channel)
    refused = message.channel
    message.error = reason
    if not address(message, after=refused):
        _give_up(message, reason)
        return
    message.failures = 0
    message.save(update_fields=STATE)
    send.enqueue(str(message.uuid))


@transaction.atomic
def _try_later(message: Message, reason: str) -> None:
    message.failures += 1
    logger.warning("message %s not sent (%s times)", message.pk, message.failures)
    if message.failures > len(PAUSES):
        _try_another_way(message, reason)
        return
    message.error, message.state = reason, MessageState.WAITING
    _come_back(message, timezone.now() + PAUSES[message.failures - 1])


def _give_up(message: Message, reason: str) -> None:
    message.state, message.error, message.next_try_at = MessageState.FAILED, reason, None
    _forget_secrets(message)
    message.save(update_fields=[*STATE, *TEXT, "facts"])


def _forget_secrets(message: Message) -> None:
    """A one-time code or link is nobody's business once it was sent; the demonstration shows the code instead."""
    if message.situation == Situation.CODE and not outside.is_demonstration(Channel(message.channel or Channel.SMS)):
        message.facts, message.body = {}, _("(Mã xác nhận không được lưu lại.)")
    if message.situation == Situation.SURVEY:
        # Whoever was rated must not be able to answer in the citizen's place.
        message.facts, message.body = {}, _("(Liên kết đánh giá không được lưu lại.)")
    if message.situation == Situation.CONFIRM:
        # Nor may anybody confirm for them what somebody else declared.
        message.facts, message.body = {}, _("(Đường dẫn xác nhận không được lưu lại.)")


@transaction.atomic
def send_again(message: Message, *, by: Any, at: datetime) -> Message:
    """Puts a message that could not be sent, or is held back, in line: to where it can go now."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    rules.check_can_send_again(message, by=by)
    message.state, message.failures, message.error = MessageState.WAITING, 0, ""
    message.channel, message.next_try_at = "", at
    message.save(update_fields=[*STATE, "channel"])
    send.enqueue(str(message.uuid))
    logger.info("message %s sent again at %s by staff %s", message.pk, at, by.pk)
    return message


def send_to(message: Message, *, phone: str = "", email: str = "", by: Any, at: datetime) -> Message:
    """Sends it again to another phone (+84…) or mailbox; what is empty stays as it was."""
    with transaction.atomic():
        fresh = Message.objects.select_for_update().get(pk=message.pk)
        rules.check_can_send_again(fresh, by=by)
        fresh.phone, fresh.email = phone or fresh.phone, email or fresh.email
        fresh.save(update_fields=["phone", "email"])
        return send_again(fresh, by=by, at=at)


def send_many_again(messages: Iterable[Message], *, by: Any, at: datetime) -> tuple[int, int]:
    """Each that may be sent again; how many were, and how many may not."""
    done = left = 0
    for message in messages:
        try:
            send_again(message, by=by, at=at)
            done += 1
        except Refused:
            left += 1
    return done, left


def put_back_forgotten(*, at: datetime) -> int:
    """Messages that should have gone out a while ago and did not (a task was lost): back in line; how many."""
    overdue = Message.objects.filter(next_try_at__lt=at - FORGOTTEN, state__in=UNDER_WAY)
    names = list(overdue.values_list("uuid", flat=True)[:MOST_AT_ONCE])
    for name in names:
        with transaction.atomic():
            Message.objects.filter(uuid=name).update(next_try_at=at)
            send.enqueue(str(name))
    return len(names)
