"""Is a condition true, false, or not known yet (None)?"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from thanthien.core import rough_dates
from thanthien.declarations.enums import Kind, Match, Op
from thanthien.declarations.rules.content import DATE_PARTS, TODAY, Clause, Condition, Content

Answers = Mapping[str, Any]
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,10})?")
COMPARISONS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.LEAST: lambda a, b: a >= b,
    Op.MOST: lambda a, b: a <= b,
    Op.MORE: lambda a, b: a > b,
    Op.LESS: lambda a, b: a < b,
}


def kind_at(content: Content, path: str) -> Kind | None:
    """What stands at a path: DATE, NUMBER, CHOICE, FILE, TABLE, PERSON, ADDRESS or TEXT; None when there is no such."""
    code, _, part = path.partition(".")
    if path == TODAY:
        return Kind.DATE
    field = content.fields.get(code)
    if field is None or not part:
        return field.kind if field else None
    if field.kind == Kind.PERSON and part in {str(one.code) for one in field.parts}:
        return Kind.DATE if part in DATE_PARTS else Kind.TEXT
    return Kind.TEXT if field.kind == Kind.ADDRESS else None


def holds(condition: Condition, content: Content, answers: Answers, today: date | None = None) -> bool | None:
    """All or any of the clauses; None when what is not known yet could still turn it."""
    found = [clause_holds(clause, content, answers, today) for clause in condition.clauses]
    decisive = condition.match == Match.ANY
    if decisive in found:
        return decisive
    return None if None in found else not decisive


def clause_holds(clause: Clause, content: Content, answers: Answers, today: date | None) -> bool | None:
    raw = today if clause.field == TODAY else raw_at(clause.field, answers)
    if clause.op in (Op.FILLED, Op.EMPTY):
        return is_empty(raw) == (clause.op == Op.EMPTY)
    if is_empty(raw):
        return None
    kind = kind_at(content, clause.field)
    if clause.op in (Op.IS, Op.IS_NOT, Op.IN):
        return _is(raw, clause, answers, kind) == (clause.op != Op.IS_NOT)
    lefts = [_moved(value, clause) for value in _ends(raw, kind)]
    return _compared(clause.op, lefts, _rights(clause, content, answers, today, kind))


def _compared(op: Op, lefts: list[Any], rights: list[Any]) -> bool | None:
    """What holds for every pair; None when it depends on which day is meant, or something is not there yet."""
    pairs = [(left, right) for left in lefts for right in rights]
    if any(None in pair or type(pair[0]) is not type(pair[1]) for pair in pairs):
        return None
    found = {COMPARISONS[op](left, right) for left, right in pairs}
    return found.pop() if len(found) == 1 else None


def _ends(raw: Any, kind: Kind | None) -> list[Any]:
    """The value alone; of a rough date the first and the last day that it may mean."""
    whole = rough_dates.span(raw) if kind == Kind.DATE and isinstance(raw, str) else None
    return list(whole) if whole else [typed(raw, kind)]


def _is(raw: Any, clause: Clause, answers: Answers, kind: Kind | None) -> bool:
    wanted = raw_at(clause.other, answers) if clause.other else clause.value
    if kind == Kind.NUMBER and isinstance(wanted, str):
        return typed(raw, kind) == typed(wanted, kind)
    meant = wanted if isinstance(wanted, tuple | list) else [wanted]
    given = raw if isinstance(raw, list) else [raw]
    return any(one in meant for one in given)


def _rights(clause: Clause, content: Content, answers: Answers, today: date | None, kind: Kind | None) -> list[Any]:
    if clause.other == TODAY or clause.value == TODAY:
        return [today]
    if clause.other:
        return _ends(raw_at(clause.other, answers), kind_at(content, clause.other))
    return [typed(clause.value, kind)]


def _moved(value: Any, clause: Clause) -> Any:
    """The day some years and days later; the 29th of February becomes the 1st of March."""
    if not isinstance(value, date) or not (clause.years or clause.days):
        return value
    try:
        return _in_year(value, value.year + clause.years) + timedelta(days=clause.days)
    except (ValueError, OverflowError):
        return None


def _in_year(day: date, year: int) -> date:
    leaps = (day.month, day.day) == (2, 29)
    try:
        return day.replace(year=year)
    except ValueError:
        if leaps and date.min.year <= year <= date.max.year:
            return date(year, 3, 1)
        raise


def raw_at(path: str, answers: Answers) -> Any:
    code, _, part = path.partition(".")
    found = answers.get(code)
    if not part:
        return found
    return found.get(part) if isinstance(found, Mapping) else None


def is_empty(raw: Any) -> bool:
    """Nothing at all; also a person, an address, a table of whom or which nothing was said."""
    if isinstance(raw, Mapping):
        return all(map(is_empty, raw.values()))
    if isinstance(raw, list | tuple):
        return all(map(is_empty, raw))
    return raw is None or raw == ""


def typed(raw: Any, kind: Kind | None) -> Any:
    """The day, the Decimal or the text; None when it cannot be read."""
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str | int | float) or isinstance(raw, bool):
        return None
    if kind == Kind.DATE:
        return _day(str(raw))
    return _decimal(str(raw)) if kind == Kind.NUMBER else str(raw)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if NUMBER.fullmatch(text) else None
