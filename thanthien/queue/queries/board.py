"""What the board of a hall shows: the last calls, who waits, the notices."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from thanthien.core.text import plain
from thanthien.core.words import DIGITS, number_in_words
from thanthien.queue.enums import EventKind
from thanthien.queue.models import Hall, QueueEvent
from thanthien.queue.queries.waiting import waiting_in

CHANNEL = "board"
SHOWN = 5  # the last call large, four before it
ALIKE = {"i": ["ngắn"], "y": ["dài"]}
FILES = {"mươi": "muoi2", "mốt": "mot2"}
SHOWN_KINDS = (EventKind.CALLED, EventKind.RECALLED)


def spoken(code: str, counter: int) -> list[str]:
    """How a call is read out, syllable by syllable: "A 027", 2 → mời số a không hai bảy đến quầy số hai."""
    signs = [syllable for sign in code if sign != " " for syllable in _syllables(sign)]
    return ["mời", "số", *signs, "đến", "quầy", "số", *number_in_words(counter).split()]


def _syllables(sign: str) -> list[str]:
    """I and Y sound alike: they are told apart as at school."""
    return [DIGITS[int(sign)]] if sign.isdigit() else [sign.lower(), *ALIKE.get(sign.lower(), ())]


def as_files(syllables: list[str]) -> list[str]:
    """The names of their recordings (`tools/voice.py`): the letters without marks, unless two would be the same."""
    return [FILES.get(word, plain(word)) for word in syllables]


def day_bounds(first: date, last: date | None = None) -> tuple[datetime, datetime]:
    """From local midnight to local midnight, the last day included."""
    zone = timezone.get_default_timezone()
    return datetime.combine(first, time.min, zone), datetime.combine(
        (last or first) + timedelta(days=1), time.min, zone
    )


def calls_of(hall_id: int, day: date) -> QuerySet[QueueEvent]:
    """Calls of a local day, the last first."""
    start, end = day_bounds(day)
    rows = QueueEvent.objects.filter(hall_id=hall_id, kind__in=SHOWN_KINDS, at__gte=start, at__lt=end)
    return rows.order_by("-pk")


def as_call(event: QueueEvent) -> dict[str, Any]:
    return {**event.data, "id": event.pk, "at": timezone.localtime(event.at).isoformat()}


def last_calls(hall_id: int, day: date) -> list[dict[str, Any]]:
    """The last calls, each number once."""
    seen: dict[str, dict[str, Any]] = {}
    for event in calls_of(hall_id, day)[: SHOWN * 4]:
        seen.setdefault(event.data["code"], as_call(event))
    return list(seen.values())[:SHOWN]


def calls_since(hall_id: int, last: int, day: date) -> list[dict[str, Any]]:
    """The calls of the day whose number is larger, in order: what a board has missed."""
    return [as_call(event) for event in calls_of(hall_id, day).filter(pk__gt=last).order_by("pk")[:500]]


def hall_or_none(hall_id: int) -> Hall | None:
    return Hall.objects.filter(pk=hall_id, is_active=True).select_related("unit").first()


def hall_of_board(hall_id: int) -> Hall:
    hall = hall_or_none(hall_id)
    if hall is None:
        raise Http404
    return hall


def board_state(hall: Hall, *, at: datetime) -> dict[str, Any]:
    """Everything that the board shows. "last" is the number of the last call that is in it."""
    calls = last_calls(hall.pk, timezone.localdate(at))
    waiting = waiting_in(hall, at=at)
    return {
        "calls": calls,
        "last": max((call["id"] for call in calls), default=0),
        "waiting": waiting.people,
        "least": waiting.least,
        "most": waiting.most,
        "notices": hall.notice_lines,
    }


def merged(state: dict[str, Any], fact: dict[str, Any]) -> dict[str, Any]:
    """The board after a call: it comes first; a number that is called again leaves its earlier place."""
    call = fact["call"]
    if call["id"] in {one["id"] for one in state["calls"]}:
        return state
    known = [one for one in state["calls"] if one["code"] == call["code"] and one["id"] > call["id"]]
    if known:  # a later call of the same number is shown already
        return state
    others = [one for one in state["calls"] if one["code"] != call["code"]]
    calls = sorted([call, *others], key=lambda one: -one["id"])[:SHOWN]
    return {**state, "calls": calls, "last": max(state["last"], fact["id"])}
