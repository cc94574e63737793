"""One message to see whether a gateway works."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from thanthien.notifications import outside
from thanthien.notifications.enums import Channel, Situation
from thanthien.notifications.rules.codes import tidy


@dataclass(frozen=True)
class Tried:
    ok: bool
    reference: str = ""
    why: str = ""


def try_channel(channel: str, phone: str, *, name: str) -> Tried:
    """Sends one line to this phone at once; it is kept nowhere. `name`: its id for the gateway."""
    address = tidy(phone)
    if not address or "@" in address:
        return Tried(False, why=_("Số điện thoại chưa đúng."))
    if channel not in outside.channels_by_phone():
        return Tried(False, why=_("Chưa khai báo cổng cho kênh này."))
    text = _("Tin thử của bộ phận Một cửa. Ông/bà không phải làm gì.")
    letter = outside.Letter(id=name, address=address, title=text, body=text, situation=Situation.RECEIVED)
    try:
        return Tried(True, reference=outside.deliver(Channel(channel), letter))
    except outside.DeliveryProblem as problem:
        return Tried(False, why=str(problem))
