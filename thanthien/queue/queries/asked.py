"""The procedures that people ask for in a hall: which line takes them, which are asked for most, how they are found."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from thanthien.core.text import clean, plain
from thanthien.procedures.queries import offerings_of
from thanthien.queue.models import Hall, Line, Ticket
from thanthien.queue.queries.waiting import Waiting, waiting_by_line

LOOK_BACK = timedelta(days=90)
LARGEST = 2**31  # a larger key is nobody's
LONGEST = 100  # of what is typed
SHOWN, FOUND = 3, 8  # buttons that a screen bears: for each line, and of what was searched


def line_of_offering(hall: Hall, offering_id: int) -> tuple[Line | None, Any]:
    """The open line of this hall that takes a procedure of its unit, and the offering itself; (None, None) without."""
    rows = offerings_of(hall.unit)
    offering = rows.filter(pk=offering_id).first() if 0 < offering_id < LARGEST else None
    lines = hall.lines.filter(is_active=True)
    line = lines.filter(sectors=offering.procedure.sector_id).first() if offering else None
    if line is None:
        return None, None
    line.hall = hall
    return line, offering


def offerings_by_line(hall: Hall, *, at: datetime) -> dict[int, list[Any]]:
    """For each open line the procedures that it takes, those first that were asked for most in the last three months.
    Three statements, whatever the number of lines."""
    line_of: dict[int, int] = {}
    taken = Line.sectors.through.objects.filter(line__hall=hall, line__is_active=True)
    for line_id, sector_id in taken.order_by("line__position", "line").values_list("line", "sector"):
        line_of.setdefault(sector_id, line_id)
    since = timezone.localdate(at - LOOK_BACK)
    asked = Ticket.objects.filter(hall=hall, day__gte=since, offering__isnull=False).order_by()
    times = Counter(dict(asked.values_list("offering").annotate(times=Count("pk"))))
    found = defaultdict(list)
    for offering in offerings_of(hall.unit) if line_of else ():
        if line_id := line_of.get(offering.procedure.sector_id):
            found[line_id].append(offering)
    return {line_id: sorted(each, key=lambda one: -times[one.pk]) for line_id, each in found.items()}


@dataclass(frozen=True)
class Choices:
    """What somebody may tap: each line with who waits and its most asked procedures; what fits the words typed."""

    lines: list[tuple[Line, Waiting, list[Any]]]
    typed: str
    found: list[Any]


def choices_in(hall: Hall, typed: str, *, at: datetime) -> Choices:
    asked, typed = offerings_by_line(hall, at=at), clean(typed)[:LONGEST]
    lines = [(line, waiting, asked.get(line.pk, [])[:SHOWN]) for line, waiting in waiting_by_line(hall, at=at)]
    return Choices(lines, typed, offerings_like([one for each in asked.values() for one in each], typed))


def offerings_like(offerings: list[Any], typed: str) -> list[Any]:
    """Those in whose name each word typed begins one, marks left out: "khai s" finds "Đăng ký khai sinh"."""
    wanted = plain(typed).split()
    if not wanted:
        return []
    names = [(offering, offering.procedure.plain_name.split()) for offering in offerings]
    fits = (one for one, name in names if all(any(word.startswith(part) for word in name) for part in wanted))
    return sorted(fits, key=lambda one: len(one.procedure.name))[:FOUND]
