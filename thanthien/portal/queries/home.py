"""What greets somebody at the citizen's door: whether the counter is open, and what is asked for most."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.working_time import NoWorkingTime
from thanthien.dossiers.queries import asked_for_most
from thanthien.organisation.queries import calendar_for
from thanthien.queue.queries import halls_of_unit, waiting_in
from thanthien.ui.words import WEEKDAYS

if TYPE_CHECKING:
    from thanthien.core.working_time import Calendar
    from thanthien.organisation.models import Unit

KEPT_FOR = 300  # seconds: numbers of many months do not change from one visitor to the next
HALLS_KEPT_FOR = 20
MOST_CHIPS = 3


@dataclass(frozen=True)
class Opening:
    """Whether the one-stop shop is open at a moment, and until when or from when, in words."""

    is_open: bool
    words: str


def opening_at(unit: "Unit", *, at: datetime) -> Opening:
    """ "Đang mở đến 17:00" or "Mở lại lúc 07:30 thứ Hai, 30/11". No SQL."""
    calendar, now = calendar_for(unit), timezone.localtime(at)
    held = next((i for i in calendar.intervals_on(now.date()) if i.start <= now.time() < i.end), None)
    if held:
        return Opening(True, _("Đang mở đến %(hour)s") % {"hour": _hour(held.end)})
    return Opening(False, _opens(calendar, now))


def _opens(calendar: "Calendar", now: datetime) -> str:
    try:
        opens = calendar.next_opening(now)
    except NoWorkingTime:
        return _("Đang đóng cửa")
    hour, day = _hour(opens.time()), opens.date()
    if day == now.date():
        return _("Mở lúc %(hour)s hôm nay") % {"hour": hour}
    if day == now.date() + timedelta(days=1):
        return _("Mở lúc %(hour)s ngày mai") % {"hour": hour}
    words = {"hour": hour, "weekday": WEEKDAYS[day.weekday()], "day": f"{day:%d/%m}"}
    return _("Mở lúc %(hour)s %(weekday)s, %(day)s") % words


def _hour(moment: time) -> str:
    return f"{moment:%H:%M}"


def chips_of(unit: "Unit", *, today: date) -> list[tuple[str, str]]:
    """The procedures that were asked for most lately: (code, name), kept in memory for some minutes."""

    def look() -> list[tuple[str, str]]:
        return asked_for_most(unit, today=today, most=MOST_CHIPS)

    return caches["template_fragments"].get_or_set(f"portal:chips:{unit.pk}:{today}", look, KEPT_FOR) or []


@dataclass(frozen=True)
class HallNow:
    """Who waits in a hall of the unit, and how long somebody would who took a number now ("" while nobody serves)."""

    pk: int
    name: str
    people: int
    wait: str


def halls_now(unit: "Unit", *, at: datetime) -> list[HallNow]:
    """Counted anew after some seconds, however many look."""

    def look() -> list[HallNow]:
        return [_hall_now(hall, at=at) for hall in halls_of_unit(unit)]

    return caches["template_fragments"].get_or_set(f"portal:halls:{unit.pk}", look, HALLS_KEPT_FOR) or []


def _hall_now(hall: Any, *, at: datetime) -> HallNow:
    waiting = waiting_in(hall, at=at)
    words = _("%(least)s–%(most)s phút") % {"least": waiting.least, "most": waiting.most} if waiting.counters else ""
    return HallNow(hall.pk, hall.name, waiting.people, words)
