"""One-time codes: sent to a phone or mailbox, to prove that it is somebody's own."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.notifications.actions.telling import Facts, Notice, tell
from thanthien.notifications.enums import Situation
from thanthien.notifications.models import OneTimeCode
from thanthien.notifications.outside import channels_by_phone
from thanthien.notifications.rules import codes
from thanthien.organisation.queries import front_unit


@dataclass(frozen=True)
class Answer:
    """`ok`, or `why` not as a sentence for the person; with `wait` seconds the page answers 429 and Retry-After.

    Returned rather than raised: a refusal that undoes the transaction would undo the counting of tries with it.
    """

    ok: bool
    why: str = ""
    wait: int = 0


@transaction.atomic
def send_code(to: str, purpose: str, *, asked_from: str = "", is_known: bool = True, at: datetime) -> Answer:
    """Sends six digits to a phone or e-mail address; valid 10 minutes, once, for this purpose.

    `asked_from`: the network address, kept only as a hash. `is_known` False: nobody of ours; all is said and counted
    as for others, but nothing is sent, so that nobody learns from the page who is known here.
    """
    address = codes.tidy(to)
    if not address:
        return Answer(False, _("Số điện thoại hoặc địa chỉ thư điện tử chưa đúng."))
    if "@" not in address and not channels_by_phone():
        return Answer(
            False, _("Nơi này chưa gửi được tin nhắn tới điện thoại. Ông/bà dùng thư điện tử giúp chúng tôi.")
        )
    recipient, asker = codes.recipient_of(address), codes.asker_of(asked_from)
    if wait := codes.wait_before_asking(recipient, asker, at=at):
        return Answer(False, _must_wait(wait), wait)
    digits = f"{secrets.randbelow(10**codes.DIGITS):0{codes.DIGITS}d}"
    made = OneTimeCode.objects.create(
        recipient=recipient, purpose=purpose, code=codes.kept_code(digits, recipient), asked_from=asker,
        created_at=at, expires_at=at + codes.VALID,
    )  # fmt: skip
    if is_known:
        _tell_code(made, digits, address, at=at)
    return Answer(True)


def _tell_code(made: OneTimeCode, digits: str, address: str, *, at: datetime) -> None:
    unit = front_unit()
    minutes = int(codes.VALID.total_seconds() // 60)
    facts = Facts(one_time_code=digits, minutes=str(minutes), unit=unit.name if unit else "")
    way = {"email": address} if "@" in address else {"phone": address}
    notice = Notice(
        subject=f"code:{made.pk}", unit_code=unit.code if unit else "", situation=Situation.CODE, facts=facts,
        expires_at=made.expires_at, **way,
    )  # fmt: skip
    tell(notice, at=at)


@transaction.atomic
def check_code(to: str, purpose: str, code: str, *, at: datetime) -> Answer:
    """Whether this is the newest code sent to that recipient for that purpose. A right code is used up by it."""
    recipient = codes.recipient_of(codes.tidy(to))
    if wait := codes.wait_before_trying(recipient, at=at):
        return Answer(False, _must_wait(wait), wait)
    sent = OneTimeCode.objects.select_for_update().filter(recipient=recipient, purpose=purpose, used_at=None).first()
    if sent is None or at >= sent.expires_at or sent.tries >= codes.TRIES:
        return Answer(False, _("Mã đã hết hạn hoặc đã dùng. Xin ông/bà lấy mã mới."))
    if not secrets.compare_digest(codes.kept_code(_digits(code), recipient), sent.code):
        sent.tries += 1
        sent.save(update_fields=["tries"])
        return Answer(False, _wrong(codes.TRIES - sent.tries))
    sent.used_at = at
    sent.save(update_fields=["used_at"])
    return Answer(True)


def _digits(code: str) -> str:
    return "".join(c for c in code[:40] if c.isdecimal() and c.isascii())


def _wrong(left: int) -> str:
    if left:
        return _("Mã chưa đúng. Ông/bà còn %(left)s lần nhập.") % {"left": left}
    return _("Mã chưa đúng, và đã nhập quá số lần. Xin ông/bà lấy mã mới.")


def _must_wait(wait: int) -> str:
    return _("Đã có nhiều lần gửi mã cho địa chỉ này. Xin ông/bà thử lại sau %(minutes)s phút.") % {
        "minutes": -(-wait // 60)
    }


def forget_old_codes(*, at: datetime) -> None:
    """Codes are of no use after a day; the limits look no further back."""
    OneTimeCode.objects.filter(created_at__lt=at - codes.DAY).delete()
