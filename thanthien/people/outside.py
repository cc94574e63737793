"""The QR code on a citizen's ID card, as a scanner types it.

Seven fields separated by `|`: number, old number, name, ddmmyyyy birth, sex, address, ddmmyyyy issued. Cards differ and
so do scanners: the old number may be empty, more fields may follow, Vietnamese letters may come taken apart (NFD).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from thanthien.core.text import clean, plain
from thanthien.people.enums import Sex

NUMBER = re.compile(r"[0-9]{12}")
OLD_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}")
DAY = re.compile(r"[0-9]{8}")
YEAR = re.compile(r"[0-9]{4}")
FIELDS = 7
LONGEST = 2000
SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE}


@dataclass(frozen=True, kw_only=True)
class IdCard:
    """What the card says. `birth_date` is empty where the card knows only `birth_year`."""

    personal_id: str
    full_name: str
    old_id: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""
    address: str = ""
    issued_date: date | None = None


def parse_id_card(text: str) -> IdCard:
    """Reads one scan. Raises `ValidationError` with a Vietnamese sentence when it is not from an ID card."""
    fields = _fields(text)
    if len(fields) < FIELDS or not NUMBER.fullmatch(fields[0]):
        raise ValidationError(
            _("Đây không phải mã QR trên thẻ căn cước. Xin quét lại, hoặc nhập tay các mục bên dưới.")
        )
    number, old_id, name, birth, sex, address, issued = fields[:FIELDS]
    if not name:
        raise ValidationError(_("Mã QR này thiếu họ và tên. Xin quét lại hoặc nhập tay."))
    birth_date = _day(birth, _("Ngày sinh trong mã QR không đọc được. Xin quét lại hoặc nhập tay."))
    return IdCard(
        personal_id=number,
        old_id=old_id if OLD_NUMBER.fullmatch(old_id) else "",
        full_name=name,
        birth_date=birth_date,
        birth_year=birth_date.year if birth_date else _year(birth),
        sex=SEXES.get(plain(sex), ""),
        address=address,
        issued_date=_day(issued, _("Ngày cấp trong mã QR không đọc được. Xin quét lại hoặc nhập tay.")),
    )


def _fields(text: str) -> list[str]:
    fields = [clean(field) for field in text.strip()[:LONGEST].split("|")]
    if len(fields) >= FIELDS - 1 and any(c.isalpha() for c in fields[1]):
        fields.insert(1, "")  # some cards leave the old number out, with its separator
    return fields


def _day(text: str, complaint: str) -> date | None:
    """A day from ddmmyyyy; None for nothing, for a year alone, and for "00" as day or month."""
    digits = re.sub(r"[\s/.\-]", "", text)
    if not digits or _year(digits):
        return None
    if not DAY.fullmatch(digits):
        raise ValidationError(complaint)
    if "00" in (digits[:2], digits[2:4]):
        return None
    try:
        return datetime.strptime(digits, "%d%m%Y").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        raise ValidationError(complaint) from None


def _year(text: str) -> int | None:
    """1960 from "1960" and from "00001960": old people whose papers know only the year."""
    digits = re.sub(r"[\s/.\-]", "", text)
    year = digits[4:] if DAY.fullmatch(digits) and "00" in (digits[:2], digits[2:4]) else digits
    return int(year) if YEAR.fullmatch(year) and int(year) else None
