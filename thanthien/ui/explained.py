"""A computed date as a small calendar: which days were counted, which not and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thanthien.core.working_time.notes import said_note
from thanthien.ui import words


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day. `kind`: counted, rest, paused, start, due or outside."""

    date: date
    kind: str
    note: str
    is_weekend: bool = False


@dataclass(frozen=True)
class Calendar:
    """`weeks` are the squares of each week, as HTML."""

    due: date
    due_said: str
    weeks: list[SafeString]
    notes: list["Note"]


@dataclass(frozen=True)
class Note:
    """Days in a row that share one reason."""

    first: date
    last: date
    text: str

    @property
    def said(self) -> Any:
        return said_note(self.text)


PAUSES = {"paused"}
STARTS = {"received", "restarted"}
NOT_WORTH_SAYING = {"counted", "outside"}


def calendar_of(due_at: Any, explanation: Iterable[Any]) -> Calendar | None:
    """The weeks from the first to the last explained day. Items, objects or JSON: date, counted, note, kind."""
    due = words.as_date(due_at)
    items = {day: item for item in explanation if (day := words.as_date(_of(item, "date")))}
    if not due or not items:
        return None
    first, last = min([*items, due]), max([*items, due])
    monday = first - timedelta(days=first.weekday())
    weeks_between = (last - monday).days // 7 + 1
    days = [_day(monday + timedelta(days=n), items, due) for n in range(7 * weeks_between)]
    squares = [_square(day, get_language() or "") for day in days]
    weeks = [mark_safe("".join(squares[n : n + 7])) for n in range(0, len(days), 7)]  # noqa: S308  (made below)
    return Calendar(due, words.vndatetime(due_at), weeks, _notes(days))


def _notes(days: list[Day]) -> list[Note]:
    notes: list[Note] = []
    for day in days:
        if not day.note or day.kind in NOT_WORTH_SAYING or day.is_weekend:
            continue
        if notes and notes[-1].text == day.note and (day.date - notes[-1].last).days == 1:
            notes[-1] = Note(notes[-1].first, day.date, day.note)
        else:
            notes.append(Note(day.date, day.date, day.note))
    return notes


def _of(item: Any, name: str, otherwise: Any = "") -> Any:
    found = item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
    return otherwise if found is None else found


def _day(day: date, items: dict[date, Any], due: date) -> Day:
    item = items.get(day)
    note = str(_of(item, "note")) if item is not None else ""
    kind = "due" if day == due else _kind(item)
    return Day(date=day, kind=kind, note=note, is_weekend=str(_of(item, "kind")) == "weekend")


@lru_cache(maxsize=4096)
def _square(day: Day, language: str) -> SafeString:
    """How a day is drawn, and what a screen reader says. Dossiers of the same weeks share most days, and drawing them
    anew was half of the work of the tracking page (docs/performance.md)."""
    said = {
        "counted": _("được tính"),
        "paused": _("đồng hồ dừng"),
        "start": _("ngày bắt đầu"),
        "due": _("ngày hẹn trả"),
        "rest": _("không tính"),
        "outside": _("ngoài thời hạn"),
    }[day.kind]
    note = said_note(day.note)
    line = f"{words.vndatetime(day.date)}: {said}" + (f", {note}" if note else "")
    return format_html(
        '<td class="day day-{}"{}><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></td>',
        day.kind, format_html(' title="{}"', str(note)) if note else "", day.date.day, line,
    )  # fmt: skip


@lru_cache(maxsize=8)
def weekday_heads(language: str) -> SafeString:
    """The row over the squares: a letter for the eye, the whole word for the ear."""
    head = '<th scope="col"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></th>'
    return format_html_join("", head, zip(words.WEEKDAY_LETTERS, words.WEEKDAYS, strict=True))


def _kind(item: Any) -> str:
    if item is None:
        return "outside"
    kind = str(_of(item, "kind"))
    if kind in PAUSES:
        return "paused"
    if kind in STARTS:
        return "start"
    return "counted" if _of(item, "counted", 0) else "rest"
