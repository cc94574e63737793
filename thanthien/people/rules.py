"""What people tell about themselves: cleaned, checked, kept in one form. Errors and warnings as DOMAIN 10.2–10.4 says.

The `clean_…` functions return the value as it is stored, "" or None for nothing, and raise `ValidationError` with the
sentence for beside the field. Forms of every room call them.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.text import clean
from thanthien.organisation.enums import Role
from thanthien.people.enums import Sex

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff
    from thanthien.people.models import Person

SEPARATORS = re.compile(r"[\s.\-_()/]+")
PERSONAL_ID = re.compile(r"[0-9]{12}")
OLD_CARD = re.compile(r"[0-9]{9}")
PASSPORT = re.compile(r"[A-Z][0-9]{7}")
TAX_CODE = re.compile(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}")
NAME_CHARACTERS = re.compile(r"[^\W\d_]")
LATEST_AGE = 130

# Codes of the 63 provinces of before 2025, which number the place where a birth was registered (DOMAIN 10.2).
OLD_PROVINCES = frozenset((
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
))  # fmt: skip

MOBILE = re.compile(r"[35789][0-9]{8}")
LANDLINE = re.compile(r"2[0-9]{9}")
# Eleven-digit mobile numbers became ten-digit ones in 2018: the old beginning (without 0) and the new one.
MOBILE_OF_2018 = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip


@dataclass(frozen=True)
class Warning:
    """Something to look at again; it does not keep anybody from going on. `field` is the name of the form's field."""

    field: str
    text: str


# ---- numbers of papers -----------------------------------------------------------------------------------
def clean_personal_id(text: str) -> str:
    """A personal number (số định danh, căn cước): exactly 12 digits; spaces and dots between them do not matter."""
    number = _without_separators(text)
    if number and not PERSONAL_ID.fullmatch(number):
        raise ValidationError(
            _("Số định danh cá nhân phải đủ 12 chữ số; số vừa nhập có %(count)s ký tự. Xin xem lại trên thẻ căn cước."),
            params={"count": len(number)},
        )
    return number


def clean_old_id(text: str) -> str:
    """The number of an older or other paper: CMND with 9 digits, CCCD with 12, a passport (a letter and 7 digits)."""
    number = _without_separators(text).upper()
    if number and not any(form.fullmatch(number) for form in (OLD_CARD, PERSONAL_ID, PASSPORT)):
        raise ValidationError(
            _("Số giấy tờ cũ gồm 9 chữ số (CMND), 12 chữ số (CCCD) hoặc một chữ cái và 7 chữ số (hộ chiếu).")
        )
    return number


def clean_tax_code(text: str) -> str:
    number = re.sub(r"[\s.]+", "", clean(text))
    if number and not TAX_CODE.fullmatch(number):
        raise ValidationError(_("Mã số thuế gồm 10 chữ số (thêm -001 nếu là chi nhánh) hoặc 12 chữ số của cá nhân."))
    return number


def check_personal_id(number: str, birth_date: date | None, sex: str) -> list[Warning]:
    """What does not fit in a personal number.

    Three digits place, one century and sex, two year of birth, six at random.
    Only warnings: births abroad have country codes, and numbers were issued anew after corrections (DOMAIN 10.2).
    """
    if not PERSONAL_ID.fullmatch(number):
        return []
    warnings = []
    if int(number[:3]) not in OLD_PROVINCES:
        warnings.append(Warning("personal_id", _("Ba số đầu không phải mã tỉnh quen thuộc; xin xem lại thẻ.")))
    if birth_date and birth_date.year != birth_year_in(number):
        warnings.append(Warning("birth_date", _("Năm sinh không khớp với số định danh; xin xem lại.")))
    if sex and sex != sex_in(number):
        warnings.append(Warning("sex", _("Giới tính không khớp với số định danh; xin xem lại.")))
    return warnings


def birth_year_in(number: str) -> int:
    """The year that a personal number tells: digit 4 gives the century (0, 1: 1900; 2, 3: 2000; … 8, 9: 2300)."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def sex_in(number: str) -> str:
    return Sex.FEMALE if int(number[3]) % 2 else Sex.MALE


def _without_separators(text: str) -> str:
    return SEPARATORS.sub("", clean(text))


# ---- phones ----------------------------------------------------------------------------------------------
def clean_phone(text: str) -> str:
    """A phone in the form +84912345678. Takes 0912…, 84912…, +84 …, old 11-digit mobile numbers, landlines."""
    digits = _without_separators(text)
    if not digits:
        return ""
    number = _national(digits)
    number = MOBILE_OF_2018.get(number[:3], number[:3]) + number[3:] if len(number) == 10 else number
    if not (MOBILE.fullmatch(number) or LANDLINE.fullmatch(number)):
        raise ValidationError(
            _("Số điện thoại chưa đúng. Số di động có 10 chữ số, ví dụ 0912 345 678; số cố định bắt đầu bằng 02.")
        )
    return f"+84{number}"


def _national(digits: str) -> str:
    """Without the zero or the country code."""
    for beginning in ("+84", "0084", "84", "0"):
        rest = digits.removeprefix(beginning)
        if rest != digits and (beginning != "84" or len(rest) >= 9):
            return rest.removeprefix("0") if beginning != "0" else rest
    return digits


def show_phone(phone: str) -> str:
    """ "+84912345678" → "0912 345 678"; a landline "024 3825 1234"; what is neither stays as it is."""
    number = phone.removeprefix("+84")
    if number == phone or len(number) < 9:
        return phone
    if len(number) == 9:
        return f"0{number[:3]} {number[3:6]} {number[6:]}"
    area = 2 if number[:2] in ("24", "28") else 3
    return f"0{number[:area]} {number[area:-4]} {number[-4:]}"


# ---- names, addresses, days ------------------------------------------------------------------------------
def clean_full_name(text: str) -> str:
    """A name as it is written on papers: NFC, single spaces. Letters in capitals become "Nguyễn Thị Lan"."""
    name = clean(text)
    if not name:
        return ""
    if not NAME_CHARACTERS.search(name) or any(c.isdigit() for c in name):
        raise ValidationError(_("Họ và tên chỉ gồm chữ cái. Xin viết như trên giấy tờ, ví dụ Nguyễn Thị Lan."))
    if len(name) > 200:
        raise ValidationError(_("Họ và tên dài quá 200 ký tự. Xin kiểm tra lại."))
    return _capitalised(name) if name.isupper() or name.islower() else name


def _capitalised(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word[0][0].title() + word[0][1:].lower(), name)


def name_on_forms(full_name: str) -> str:
    """Capitals, as official forms write a name."""
    return clean(full_name).upper()


def clean_email(text: str) -> str:
    address = clean(text).lower()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError(_("Thư điện tử chưa đúng, ví dụ đúng: lan@example.vn.")) from None
    return address


def clean_birth_date(day: date | None, *, today: date) -> date | None:
    if day and day > today:
        raise ValidationError(_("Ngày sinh không thể sau hôm nay."))
    if day and day.year < today.year - LATEST_AGE:
        raise ValidationError(_("Ngày sinh sớm quá. Xin xem lại năm sinh."))
    return day


# ---- who may see and change records ----------------------------------------------------------------------
NO_PEOPLE = frozenset({Role.POSTAL})
READ_ONLY = frozenset({Role.INSPECTOR, Role.POSTAL})


def check_can_see_people(*, by: "Staff") -> None:
    """Whoever serves citizens; not who only carries letters, nor an account without any role."""
    if not (by.is_superuser or set(by.roles) - NO_PEOPLE):
        raise Refused(_("Tài khoản của ông/bà không có nhiệm vụ xem thông tin người dân."))


def check_can_change_people(*, by: "Staff") -> None:
    if not (by.is_superuser or set(by.roles) - READ_ONLY):
        raise Refused(_("Tài khoản của ông/bà chỉ được xem, không được thay đổi thông tin người dân."))


def check_can_merge(keep: "Person", drop: "Person", *, by: "Staff") -> None:
    check_can_change_people(by=by)
    if keep.pk == drop.pk:
        raise Refused(_("Xin chọn một người khác để gộp."))
    if keep.merged_into_id or drop.merged_into_id:
        raise Refused(_("Một trong hai bản ghi đã được gộp trước đó."))
    if keep.personal_id and drop.personal_id:
        raise Refused(_("Hai người có số định danh khác nhau nên không thể là một."))
