"""What pages may know about one-time codes."""

from django.conf import settings

from thanthien.notifications.enums import Channel, Situation
from thanthien.notifications.models import Message, OneTimeCode
from thanthien.notifications.outside import channels_by_phone, is_demonstration
from thanthien.notifications.rules.codes import recipient_of, tidy


def can_send_code_to(*, phone: bool) -> bool:
    """Whether this house can send a code to a phone, or by e-mail: a page offers only the ways there are."""
    return bool(channels_by_phone()) if phone else True


def demonstration_code(to: str, purpose: str) -> str:
    """The code that was sent last, for the page of the demonstration, which sends to nobody. Else always empty."""
    if not (settings.DEMO and is_demonstration(Channel.SMS)) or not (address := tidy(to)):
        return ""
    last = OneTimeCode.objects.filter(recipient=recipient_of(address), purpose=purpose, used_at=None).first()
    message = last and Message.objects.filter(subject=f"code:{last.pk}", situation=Situation.CODE).first()
    return message.facts.get("mã xác nhận", "") if message else ""
