"""Holidays of Vietnam, as a seed for the editable table, and the calendar that holds where nothing else is set.

The package `holidays` (MIT) knows the lunar days, days off in lieu and decided swaps. What it lacks stands in
`AMENDMENTS` with its source. A year not yet decided by the government is a forecast: the administrator mends it.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Literal

from thanthien.core.working_time.calendar import Calendar, Interval, OpeningPeriod

PACKAGE = "Bộ luật Lao động 2019 Điều 112 (gói holidays)"
SWAP_OF_2026 = "Văn bản 12729/VPCP-KGVX ngày 25/12/2025"
# Ten years around today and ten more, because limits run on; the far ones cost nothing and are forecasts.
DEFAULT_YEARS = range(2020, 2041)
MONDAY_TO_FRIDAY = range(5)
DEFAULT_HOURS = (Interval(time(7, 30), time(11, 30)), Interval(time(13), time(17)))

IN_LIEU = re.compile(r"^(?P<name>.+) \(nghỉ bù\)$")
SWAPPED = re.compile(r"^Ngày nghỉ \(thay cho ngày (?P<worked>\d\d/\d\d/\d{4})\)$")
NAMES = {
    "29 Tết": "29 Tết Nguyên đán",
    "Giao thừa Tết Nguyên Đán": "giao thừa Tết Nguyên đán",
    "Tết Nguyên Đán": "mùng một Tết Nguyên đán",
    "Mùng hai Tết Nguyên Đán": "mùng hai Tết Nguyên đán",
    "Mùng ba Tết Nguyên Đán": "mùng ba Tết Nguyên đán",
    "Mùng bốn Tết Nguyên Đán": "mùng bốn Tết Nguyên đán",
    "Mùng năm Tết Nguyên Đán": "mùng năm Tết Nguyên đán",
    "Ngày Giỗ Tổ Hùng Vương": "Giỗ Tổ Hùng Vương",
    "Ngày Chiến thắng": "Ngày Chiến thắng (30/4)",
    "Ngày Quốc tế Lao động": "Ngày Quốc tế Lao động (1/5)",
}


@dataclass(frozen=True, slots=True)
class HolidaySeed:
    """A row for the table of holidays: a day `off`, or a day of rest worked to `make_up` for one."""

    date: date
    kind: Literal["off", "make_up"]
    name: str
    source: str


AMENDMENTS = (
    HolidaySeed(date(2026, 1, 2), "off", "Nghỉ hoán đổi, làm bù ngày 10/01/2026", SWAP_OF_2026),
    HolidaySeed(date(2026, 1, 10), "make_up", "làm bù cho ngày 02/01/2026", SWAP_OF_2026),
)


def seed_holidays(year: int) -> list[HolidaySeed]:
    """The days off and the make-up days of one year, by date; names in Vietnamese."""
    # It takes a quarter of a second to import and is needed once a year, not in every process that answers citizens.
    import holidays  # noqa: PLC0415

    known = holidays.country_holidays("VN", years=year, language="vi", expand=False)
    off = {day: HolidaySeed(day, "off", _name(name), PACKAGE) for day, name in known.items()}
    worked = {match["worked"]: day for day, name in known.items() if (match := SWAPPED.match(name))}
    # The package lists the make-up days of every year that it knows, whatever year is asked for.
    make_up = {day: _make_up(day, worked) for day in known.weekend_workdays if day.year == year}
    amended = {seed.date: seed for seed in AMENDMENTS if seed.date.year == year}
    return sorted((off | make_up | amended).values(), key=lambda seed: seed.date)


def _name(name: str) -> str:
    if match := SWAPPED.match(name):
        return f"Nghỉ hoán đổi, làm bù ngày {match['worked']}"
    if match := IN_LIEU.match(name):
        return f"Nghỉ bù {_name(match['name'])}"
    return NAMES.get(name, name)


def _make_up(day: date, worked: dict[str, date]) -> HolidaySeed:
    swapped = worked.get(f"{day:%d/%m/%Y}")
    return HolidaySeed(day, "make_up", f"làm bù cho ngày {swapped:%d/%m/%Y}" if swapped else "làm bù", PACKAGE)


def default_opening() -> tuple[OpeningPeriod, ...]:
    """Monday to Friday 07:30–11:30 and 13:00–17:00: eight hours."""
    return tuple(OpeningPeriod(weekday, DEFAULT_HOURS) for weekday in MONDAY_TO_FRIDAY)


@lru_cache(maxsize=1)
def default_calendar() -> Calendar:
    """`default_opening` with the seeded holidays of `DEFAULT_YEARS`; made once in a process (half a second)."""
    seeds = [seed for year in DEFAULT_YEARS for seed in seed_holidays(year)]
    return Calendar(
        opening=default_opening(),
        days_off={seed.date: seed.name for seed in seeds if seed.kind == "off"},
        make_up={seed.date: seed.name for seed in seeds if seed.kind == "make_up"},
    )
