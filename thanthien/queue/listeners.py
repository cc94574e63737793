"""What the queue does by the clock, and after a call that somebody wants to know of."""

from datetime import datetime

from django.utils import timezone

from thanthien.core import schedule
from thanthien.core.events import listens_to
from thanthien.queue import actions, queries
from thanthien.queue.events import HelpCalled, TurnsCameNearer


@listens_to(TurnsCameNearer)
def tell_whose_turn_is_near(event: TurnsCameNearer) -> None:
    if hall := queries.hall_or_none(event.hall_id):
        actions.tell_those_near(hall, at=timezone.now())


@listens_to(HelpCalled)
def tell_heads_of_help(event: HelpCalled) -> None:
    actions.tell_heads(event.session_id, at=timezone.now())


@schedule.every(minutes=5)
def expire_appointments(*, at: datetime) -> int:
    return actions.expire_appointments(at=at)


@schedule.daily(at="18:30")
def advise_staffing(*, at: datetime) -> int:
    return actions.advise_staffing(at=at)


@schedule.every(minutes=30)
def remind_of_appointments(*, at: datetime) -> int:
    return actions.remind(at=at)
