"""What the worker must know before a message goes out: by which way, in which words, and whether it may."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Max, Q

from thanthien.notifications import rules
from thanthien.notifications.enums import Channel, Situation
from thanthien.notifications.models import Message, MessageHold, UnitChannels
from thanthien.notifications.outside import channels_by_phone
from thanthien.notifications.queries.texts import built_in_texts, text_in_force
from thanthien.notifications.rules.texts import fill, fill_sms


@dataclass(frozen=True)
class Switches:
    """How a unit writes: its channels in the order in which they are tried; `quiet`: when nothing goes out."""

    order: tuple[Channel, ...]
    plain_sms: bool
    quiet: tuple[time, time] | None


def switches_of(unit_code: str) -> Switches:
    row = UnitChannels.objects.filter(unit_code=unit_code).first() or UnitChannels(unit_code=unit_code)
    order = [channel for channel in (Channel.SMS, Channel.ZALO) if getattr(row, channel)]
    if row.email:
        order.insert(0 if row.email_first else len(order), Channel.EMAIL)
    own = (row.quiet_from, row.quiet_to) if row.quiet_from and row.quiet_to else None
    return Switches(tuple(order), row.plain_sms, own or rules.default_quiet_hours())


def choice_of(unit_code: str) -> dict[str, Any]:
    """What the unit has chosen, or what holds without a choice; by the names of the form."""
    row = UnitChannels.objects.filter(unit_code=unit_code).first() or UnitChannels(unit_code=unit_code)
    names = "sms", "zalo", "email", "email_first", "plain_sms", "quiet_from", "quiet_to"
    return {name: getattr(row, name) for name in names}


def channels_for(message: Message) -> list[Channel]:
    """The ways that can reach this person, the first to be tried first."""
    by_phone = channels_by_phone()
    return [
        channel
        for channel in switches_of(message.unit_code).order
        if (message.email if channel == Channel.EMAIL else message.phone and channel in by_phone)
    ]


def text_for(message: Message) -> tuple[str, str]:
    """Title and body for the channel of the message."""
    channel = Channel(message.channel)
    situation = Situation(message.situation)
    text = text_in_force(message.unit_code, situation, channel)
    # Where the channel has no title, officers still want one in their list.
    title = fill(text.title or built_in_texts()[situation, Channel.EMAIL].title, message.facts)[:300]
    if channel == Channel.SMS:
        return title, fill_sms(text.body, message.facts, plain=switches_of(message.unit_code).plain_sms)
    return title, fill(text.body, message.facts)


def hold_on(message: Message, *, at: datetime) -> datetime | None:
    """Until when this person is to be left alone; None: they need not be. A code they asked for themselves goes out."""
    return None if message.situation in rules.AT_ANY_HOUR else held_until(message.person_id, at=at)


def held_until(person_id: int | None, *, at: datetime) -> datetime | None:
    """Until when this person, or the household they belong to, is to be left alone; None: they need not be."""
    if person_id is None:
        return None
    one = person_id
    of_them = Q(person=one) | Q(household__head=one) | Q(household__members=one)
    end: datetime | None = MessageHold.objects.filter(of_them, until__gt=at).aggregate(end=Max("until"))["end"]
    return end
