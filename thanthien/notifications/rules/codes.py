"""How one-time codes are kept, and how often they may be asked for and tried (RELIABILITY S3)."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

from thanthien.core.text import clean
from thanthien.notifications.models import OneTimeCode
from thanthien.people.rules import clean_phone

VALID = timedelta(minutes=10)
DIGITS, TRIES = 6, 5
WINDOW = timedelta(minutes=15)
# In a window: codes for one recipient and wrong tries of them; codes asked for from one network address, wide because
# an office stands behind one. And in a day for one recipient.
CODES, WRONG_TRIES, FROM_ONE_ADDRESS = 3, 10, 60
DAY, CODES_A_DAY = timedelta(days=1), 8


def tidy(to: str) -> str:
    """A phone as +84912345678, an e-mail address in small letters; "" when it is neither."""
    to = clean(to)
    try:
        if "@" in to:
            validate_email(to)
            return to.lower()
        return clean_phone(to)
    except ValidationError:
        return ""


def recipient_of(address: str) -> str:
    return _hash("recipient", address)


def asker_of(network_address: str) -> str:
    return _hash("asker", network_address) if network_address else ""


def kept_code(code: str, recipient: str) -> str:
    return _hash(f"code:{recipient}", code)


def _hash(salt: str, value: str) -> str:
    return salted_hmac(f"thanthien.code.{salt}", value, algorithm="sha256").hexdigest()


def wait_before_asking(recipient: str, asked_from: str, *, at: datetime) -> int:
    """Seconds until one more code may be sent to this recipient from there; 0: now."""
    own = OneTimeCode.objects.filter(recipient=recipient)
    ends = [_full_until(own, CODES, WINDOW, at=at), _full_until(own, CODES_A_DAY, DAY, at=at)]
    if asked_from:
        ends.append(_full_until(OneTimeCode.objects.filter(asked_from=asked_from), FROM_ONE_ADDRESS, WINDOW, at=at))
    return max(_seconds(end, at=at) for end in ends)


def wait_before_trying(recipient: str, *, at: datetime) -> int:
    """Seconds until codes of this recipient may be tried again, after too many wrong ones; 0: now."""
    recent = list(OneTimeCode.objects.filter(recipient=recipient, created_at__gt=at - WINDOW).order_by("created_at"))
    if sum(code.tries for code in recent) < WRONG_TRIES:
        return 0
    return _seconds(recent[0].created_at + WINDOW, at=at)


def _full_until(codes, most: int, span: timedelta, *, at: datetime) -> datetime | None:  # type: ignore[no-untyped-def]
    moments = list(
        codes.filter(created_at__gt=at - span).order_by("-created_at").values_list("created_at", flat=True)[:most]
    )
    return moments[-1] + span if len(moments) == most else None


def _seconds(end: datetime | None, *, at: datetime) -> int:
    return max(int((end - at).total_seconds()) + 1, 1) if end else 0
