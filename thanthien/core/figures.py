"""Figures: named numbers over a scope, each with its base, its definition and the records behind it.

Dashboards, reports and the API read figures only; no page counts rows by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.timezone import get_current_timezone


@dataclass(frozen=True, kw_only=True)
class Scope:
    """For which units (codes, with their predecessors) and which days, both ends included."""

    unit_codes: Sequence[str]
    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the beginning of the first day to before the end of the last, in local time."""
        zone = get_current_timezone()
        start = datetime.combine(self.first, time.min, tzinfo=zone)
        return start, datetime.combine(self.last + timedelta(days=1), time.min, tzinfo=zone)


@dataclass(frozen=True)
class Value:
    """A number with its base: `value` of `n`. A share is shown as value / n, never without n."""

    value: int
    n: int | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record behind a figure, whatever it is: its number, whom it concerns, what, when; `amount` in đồng where it
    is one of money; `code` of the dossier that it leads to."""

    number: str
    who: str
    what: str
    at: datetime
    amount: int | None = None
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`code` begins with its room ("queue.visitors"). `record` says what one of `records` is; without, none opens."""

    code: str
    label: str | LazyText
    definition: str | LazyText
    compute: Callable[[Scope], Value]
    records: Callable[[Scope], QuerySet[Any]]
    public: bool = False
    record: Callable[[Any], Record] | None = None


_figures: dict[str, Figure] = {}


def register(figure: Figure) -> Figure:
    _figures[figure.code] = figure
    return figure


def get(code: str) -> Figure:
    return _figures[code]


def all_figures() -> list[Figure]:
    return list(_figures.values())


def shares(counts: Sequence[int], *, digits: int = 1) -> list[Decimal]:
    """The percentages that these counts are of their sum, at `digits` places, summing to exactly 100.

    Largest remainder: each share is rounded down, the units that are missing go to the largest remainders, of equal
    ones to the first. Nothing counted gives zeros. Raises `ValueError` for a negative count.
    """
    if any(count < 0 for count in counts):
        raise ValueError("a count is never negative")
    total, unit = sum(counts), Decimal(1).scaleb(-digits)
    if not total:
        return [0 * unit for _ in counts]
    steps = 100 * 10**digits
    whole = [count * steps // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(counts[place] * steps % total))
    for place in by_remainder[: steps - sum(whole)]:
        whole[place] += 1
    return [steps_taken * unit for steps_taken in whole]
