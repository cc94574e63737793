"""Figures: named numbers over a scope, each with its base, its definition and the records behind it.

Dashboards, reports and the API read figures only; no page counts rows by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise as LazyText


@dataclass(frozen=True, kw_only=True)
class Scope:
    """For which units (codes, with their predecessors) and which days, both ends included."""

    unit_codes: Sequence[str]
    first: date
    last: date


@dataclass(frozen=True)
class Value:
    """A number with its base: `value` of `n`. A share is shown as value / n, never without n."""

    value: int
    n: int | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    code: str
    label: str | LazyText
    definition: str | LazyText
    compute: Callable[[Scope], Value]
    records: Callable[[Scope], QuerySet[Any]]
    public: bool = False


_figures: dict[str, Figure] = {}


def register(figure: Figure) -> Figure:
    _figures[figure.code] = figure
    return figure


def get(code: str) -> Figure:
    return _figures[code]


def all_figures() -> list[Figure]:
    return list(_figures.values())
