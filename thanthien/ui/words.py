"""How dates, times and numbers are written on a page. Pure functions; the filters of `{% load ui %}` are these."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WEEKDAYS = [_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật")]
# With the day as context: one letter stands for two days here, which other languages tell apart.
WEEKDAY_LETTERS = [
    pgettext_lazy("thứ Hai", "H"),
    pgettext_lazy("thứ Ba", "B"),
    pgettext_lazy("thứ Tư", "T"),
    pgettext_lazy("thứ Năm", "N"),
    pgettext_lazy("thứ Sáu", "S"),
    pgettext_lazy("thứ Bảy", "B"),
    pgettext_lazy("Chủ nhật", "C"),
]
HARD_SPACE = "\u00a0"


def number(value: object, digits: int | None = None) -> str:
    """1234567.5 → "1.234.567,5"; with `digits` exactly so many after the comma. What is no number stays as it is."""
    amount = _decimal(value)
    if amount is None:
        return "" if value is None else str(value)
    text = f"{amount:,f}" if digits is None else f"{amount:,.{digits}f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".").replace("-", "−")


def money(value: object) -> str:
    """1234567 → "1.234.567 đ"; whole đồng (there is no smaller coin)."""
    return f"{number(value, 0)}{HARD_SPACE}đ" if _decimal(value) is not None else number(value)


def percent(value: object, digits: int = 1) -> str:
    """99.21 → "99,2 %": a value that already is a percentage."""
    return f"{number(value, digits)}{HARD_SPACE}%" if _decimal(value) is not None else number(value)


def _decimal(value: object) -> Decimal | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def as_date(value: object) -> date | None:
    """A day from a date, a moment (in local time) or their ISO text; None for anything else."""
    if isinstance(value, str):
        value = _from_iso(value)
    if isinstance(value, datetime):
        return _local(value).date()
    return value if isinstance(value, date) else None


def as_moment(value: object) -> datetime | None:
    """A local moment from a moment or its ISO text; None for anything else."""
    if isinstance(value, str):
        value = _from_iso(value)
    return _local(value) if isinstance(value, datetime) else None


def _from_iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def vndate(value: object) -> str:
    """27/11/2026; empty for nothing."""
    day = as_date(value)
    return f"{day:%d/%m/%Y}" if day else ""


def vndatetime(value: object) -> str:
    """ "thứ Sáu, 27/11/2026, 17:00"; a day without a time gives "thứ Sáu, 27/11/2026"."""
    day, moment = as_date(value), as_moment(value)
    if not day:
        return ""
    text = f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"
    return f"{text}, {moment:%H:%M}" if moment else text


def moment(value: object) -> str:
    """Short: "08:12" today, "27/11, 17:00" in this year, "27/11/2025, 17:00" in another."""
    day, when = as_date(value), as_moment(value)
    if not day:
        return ""
    today = timezone.localdate()
    if when and day == today:
        return f"{when:%H:%M}"
    text = f"{day:%d/%m}" if day.year == today.year else f"{day:%d/%m/%Y}"
    return f"{text}, {when:%H:%M}" if when else text
