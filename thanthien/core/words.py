"""Dates, numbers and amounts of money in the words that Vietnamese documents use.

Sources: Nghị định 30/2020/NĐ-CP, phụ lục I (leading zero of days below 10 and of months 1 and 2, of numbers below 10);
the reading of numbers is that of the school grammar, with "linh" (North) or "lẻ" (South) for an empty tens place.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localtime

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 1_000_000_000
APRIL = 4


def as_the_office_writes() -> translation.override:
    """`with …:` around what is written down. It is read by officers and stays, so it is in Vietnamese, whichever
    language the citizen chose; what they are answered on the page stays outside."""
    return translation.override(settings.LANGUAGE_CODE)


def money_in_words(amount: int, *, zero_word: str | None = None) -> str:
    """An amount in đồng as words, first letter small: 1_005 → "một nghìn không trăm linh năm đồng".

    `zero_word` ("linh" or "lẻ") says an empty tens place; without it the setting `AMOUNT_ZERO_WORD` does, else "linh".
    """
    return f"{number_in_words(amount, zero_word=zero_word)} đồng"


def number_in_words(number: int, *, zero_word: str | None = None) -> str:
    """A whole number as words; any size, by groups of nghìn, triệu, tỷ (nghìn tỷ, triệu tỷ above)."""
    zero_word = zero_word or str(getattr(settings, "AMOUNT_ZERO_WORD", "linh"))
    if number < 0:
        return f"âm {number_in_words(-number, zero_word=zero_word)}"
    return " ".join(_words(number, zero_word)) or DIGITS[0]


def _words(number: int, zero_word: str, *, after_more: bool = False) -> list[str]:
    """The words of a number; none for zero. `after_more`: higher places were said, so empty hundreds are said too."""
    billions, rest = divmod(number, BILLION)
    words: list[str] = []
    if billions:
        words = [*_words(billions, zero_word, after_more=after_more), "tỷ"]
    for size, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group = rest // size % 1_000
        if group:
            words += _group(group, zero_word, full=after_more or bool(words))
            words += [name] if name else []
    return words


def _group(group: int, zero_word: str, *, full: bool) -> list[str]:
    """Three digits (1 to 999) as words; `full` says the hundreds even when they are zero."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [DIGITS[tens], "mươi"]
    elif ones and words:
        words.append(zero_word)
    return words + ([_ones(ones, tens)] if ones else [])


def _ones(ones: int, tens: int) -> str:
    if tens >= 1 and ones == 5:
        return "lăm"
    if tens >= 2 and ones in (1, 4):
        return {1: "mốt", 4: "tư"}[ones]
    return DIGITS[ones]


def money(amount: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{amount:,}".replace(",", ".")


def document_number(number: int, symbol: str) -> str:
    """5, "TNHS" → "05/TNHS" (numbers below 10 are written 0n)."""
    return f"{number:02d}/{symbol}"


def long_date(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2026": months from 3 on have no leading zero. Moments count in local time."""
    day = _local(day)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def long_moment(moment: datetime) -> str:
    """ "08 giờ 30 phút, ngày 05 tháng 02 năm 2026" in local time."""
    moment = localtime(moment)
    return f"{moment:%H} giờ {moment:%M} phút, {long_date(moment)}"


def day_in_words(year: int, month: int = 0, day: int = 0) -> str:
    """What civil status papers ask "ghi bằng chữ": 2026, 3, 15 → "ngày mười lăm tháng ba năm hai nghìn không trăm hai
    mươi sáu". Of a birthday of which less is known, the month and year, or the year alone (`month`, `day` 0).

    The fourth month is "tư"; days are plain numbers, without "mồng" (docs/decisions/0020).
    """
    said = [("ngày", number_in_words(day))] if day else []
    said += [("tháng", "tư" if month == APRIL else number_in_words(month))] if month else []
    return " ".join(f"{name} {words}" for name, words in [*said, ("năm", number_in_words(year))])


def short_date(day: date) -> str:
    """ "05/02/2026"."""
    return f"{_local(day):%d/%m/%Y}"


def short_moment(moment: datetime) -> str:
    """ "08:30 05/02/2026" in local time."""
    return f"{localtime(moment):%H:%M %d/%m/%Y}"


def _local(day: date) -> date:
    return localtime(day) if isinstance(day, datetime) else day
