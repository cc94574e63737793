"""The statutory limit of a procedure, from what its record says about time.

The portal has one row of time for each channel and case. The limit that an office is held to is found so:

1. The rows of the counter count; only where there are none, those of the other channels, then the cases.
2. Among rows with a number and a real unit the shortest counts: it is the normal case, the longer ones are for
   exceptions (mountain communes, verification); `limit_text` then names all of them.
3. A month is thirty days (Bộ luật Dân sự 2015 Điều 146).
4. "15 giờ" where the words speak of the 15:00 rule (Nghị định 23/2015/NĐ-CP Điều 7, Luật Hộ tịch) is no number of
   hours but that rule: the same day.
5. Unit OTHER with 0, or with 1 and the 15:00 rule or a case of at most one day, is the same day. With another number
   it is that many of the unit which a case or the words give to this number, else working days (DOMAIN 1.6: the unit is
   the working day unless the procedure says otherwise).
6. Unit OTHER with words counts when they name one time only; else there is no amount and the words are kept.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from thanthien.core.text import plain
from thanthien.core.working_time import TimeUnit
from thanthien.procedures.enums import Channel

UNITS = {"working_day": TimeUnit.WORKING_DAY, "day": TimeUnit.DAY, "hour": TimeUnit.HOUR}
SAME_DAY = ("1", TimeUnit.SAME_DAY)
HOURS = {TimeUnit.HOUR: Decimal(1), TimeUnit.SAME_DAY: Decimal(1), TimeUnit.WORKING_DAY: Decimal(8)}
CALENDAR_DAY = Decimal(40) / Decimal(7)  # five working days of eight hours in a week of seven
FIFTEEN = re.compile(r"sau 15\s*(?:gio|h\b|:00)|15\s*gio .{0,80}ngay lam viec tiep theo")
AT_ONCE = re.compile(r"(?:ngay )?trong ngay (?:lam viec|tiep nhan|nhan|lap)|ngay trong (?:ngay|buoi)")
TIME_SAID = re.compile(r"(\d+(?:[.,]\d+)?)\s*(ngay lam viec|ngay|gio|thang)(?!\s*\d)")
WORDS = {"ngay lam viec": "working_day", "ngay": "day", "gio": "hour", "thang": "month"}
NO_WORDS = ("theo mo ta", "khac")
MOST = 9_999

Limit = tuple[str, TimeUnit]


def limit_of(content: dict[str, Any]) -> dict[str, Any]:
    """`limit_amount`, `limit_unit`, `limit_text` of a record's content."""
    rows = _rows_that_count(content)
    found = {limit: None for row in rows if (limit := _plain_limit(row["time"], content))}
    if not found:
        found = {limit: None for row in rows if (limit := _other_limit(row, content))}
    ordered = sorted(found, key=_length)
    said = _words_of(rows, ordered)
    if not ordered:
        return {"limit_amount": None, "limit_unit": "", "limit_text": said}
    amount, unit = ordered[0]
    return {"limit_amount": amount, "limit_unit": unit.value, "limit_text": said}


def limits_in(content: dict[str, Any]) -> list[Limit]:
    """Every limit that the record names, for any channel and case, the shortest first."""
    rows = [*content.get("channels", []), *content.get("cases", [])]
    found = {limit for row in rows if (limit := _plain_limit(row["time"], content) or _other_limit(row, content))}
    return sorted(found, key=_length)


def _rows_that_count(content: dict[str, Any]) -> list[dict[str, Any]]:
    channels = [row for row in content.get("channels", []) if _says_time(row)]
    at_counter = [row for row in channels if row["channel"] == Channel.COUNTER]
    return at_counter or channels or [row for row in content.get("cases", []) if _says_time(row)]


def _says_time(row: dict[str, Any]) -> bool:
    return row["time"]["amount"] is not None or bool(row["time"]["text"])


def _plain_limit(time: dict[str, Any], content: dict[str, Any]) -> Limit | None:
    """A number with a real unit."""
    if time["amount"] is None or not 0 < Decimal(time["amount"]) <= MOST:
        return None
    if time["unit"] == "hour" and time["amount"] == "15" and FIFTEEN.search(_prose(content)):
        return SAME_DAY
    return _in_unit(time["amount"], time["unit"])


def _in_unit(amount: str, unit: str) -> Limit | None:
    if unit == "month":
        return f"{Decimal(amount) * 30:f}", TimeUnit.DAY
    if unit == "week":
        return f"{Decimal(amount) * 7:f}", TimeUnit.DAY
    return (amount, UNITS[unit]) if unit in UNITS else None


def _other_limit(row: dict[str, Any], content: dict[str, Any]) -> Limit | None:
    time = row["time"]
    if time["unit"] in UNITS:
        return None
    if time["amount"] is None:
        return _said(time["text"]) or _said(row.get("text", ""))
    if Decimal(time["amount"]) > MOST:
        return None
    if Decimal(time["amount"]) <= 1 and _is_same_day(time["amount"], content):
        return SAME_DAY
    return _with_unit_from_elsewhere(time["amount"], content) if Decimal(time["amount"]) > 0 else None


def _is_same_day(amount: str, content: dict[str, Any]) -> bool:
    cases = [case["time"]["amount"] for case in content.get("cases", []) if case["time"]["unit"] != "hour"]
    within_a_day = any(case is not None and Decimal(case) <= 1 for case in cases)
    return amount == "0" or within_a_day or bool(FIFTEEN.search(_prose(content)))


def _with_unit_from_elsewhere(amount: str, content: dict[str, Any]) -> Limit:
    for case in content.get("cases", []):
        if case["time"]["amount"] == amount and (limit := _in_unit(amount, case["time"]["unit"])):
            return limit
    said = {WORDS[unit] for value, unit in TIME_SAID.findall(_prose(content)) if _number(value) == amount}
    unit = said.pop() if len(said) == 1 else "working_day"
    return _in_unit(amount, unit) or (amount, TimeUnit.WORKING_DAY)


def _said(words: str) -> Limit | None:
    """The one time that these words name, without what is added for special places and without its parts."""
    told = plain(words)
    if FIFTEEN.search(told) or AT_ONCE.search(told):
        return SAME_DAY
    told = told.split("trong do")[0]
    told = " ".join(part for part in re.split(r"(?<=[.;])\s|(?=doi voi cac xa)", told) if "tang them" not in part)
    times = {(_number(value), WORDS[unit]) for value, unit in TIME_SAID.findall(told)}
    return _in_unit(*times.pop()) if len(times) == 1 else None


def _number(written: str) -> str:
    return f"{Decimal(written.replace(',', '.')).normalize():f}"


def _prose(content: dict[str, Any]) -> str:
    """All that the record says in words about its course, as a search key."""
    words = [f"{step['name']} {step['text']}" for step in content.get("steps", [])]
    words += [f"{row['time']['text']} {row['text']}" for row in content.get("channels", [])]
    return plain(" ".join([*words, content.get("description", "")]))


def _length(limit: Limit) -> Decimal:
    return Decimal(limit[0]) * HOURS.get(limit[1], CALENDAR_DAY)


def _words_of(rows: list[dict[str, Any]], found: list[Limit]) -> str:
    """The words about time; without any and with several limits, these limits."""
    told = [words for words in _distinct(row["time"]["text"] for row in rows) if plain(words) not in NO_WORDS]
    if not found or not (told or any(row["time"]["amount"] for row in rows)):
        told += _distinct(row.get("text", "") for row in rows)
    if not told and len(found) > 1:
        told = [f"{amount.replace('.', ',')} {unit.label}" for amount, unit in found]
        return "Tùy trường hợp: " + "; ".join(told)
    return "\n".join(told)


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, words)))
