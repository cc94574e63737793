"""Days of which only the month or the year is known, as of people who were born before births were written down.

Kept as ISO 8601 cuts a day short: "1940", "1940-05"; written as people here do: "1940", "05/1940".
"""

import re
from calendar import monthrange
from datetime import date

from thanthien.core.words import day_in_words

KEPT = re.compile(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2]))?")
TYPED = re.compile(r"(?:(?:tháng\s*)?([0-9]{1,2})\s*(?:[/.\-\s]|năm)\s*)?(?:năm\s*)?([12][0-9]{3})", re.IGNORECASE)


def span(text: str) -> tuple[date, date] | None:
    """The first and the last day that a rough date may mean; None for what is none, also for a whole day."""
    found = KEPT.fullmatch(text)
    if not found:
        return None
    year = int(found[1])
    if not found[2]:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(found[2])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def kept(typed: str) -> str:
    """ "1940" → "1940"; "5/1940", "tháng 5 năm 1940" → "1940-05"; "" for what is no rough date."""
    found = TYPED.fullmatch(" ".join(typed.split()))
    if not found or (found[1] and not 1 <= int(found[1]) <= 12):
        return ""
    return f"{found[2]}-{int(found[1]):02d}" if found[1] else found[2]


def words(text: str) -> str:
    """ "1940-05" → "05/1940"; a year stays a year, and what is no rough date stays as it is."""
    found = KEPT.fullmatch(text)
    return f"{found[2]}/{found[1]}" if found and found[2] else text


def in_words(text: str) -> str:
    """ "1940-05" → "tháng năm năm một nghìn chín trăm bốn mươi"; "" for what is no rough date."""
    found = KEPT.fullmatch(text)
    return day_in_words(int(found[1]), int(found[2] or 0)) if found else ""
