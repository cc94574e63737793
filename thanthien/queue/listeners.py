"""What the queue does by the clock, and after each call."""

from datetime import datetime

from django.utils import timezone

from thanthien.core import schedule
from thanthien.core.events import listens_to
from thanthien.queue import actions, queries
from thanthien.queue.events import TicketCalled


@listens_to(TicketCalled)
def tell_whose_turn_is_near(event: TicketCalled) -> None:
    actions.tell_those_near(queries.hall_of_ticket(event.ticket_id), at=timezone.now())


@schedule.every(minutes=5)
def expire_appointments(*, at: datetime) -> int:
    return actions.expire_appointments(at=at)


@schedule.daily(at="18:30")
def advise_staffing(*, at: datetime) -> int:
    return actions.advise_staffing(at=at)


@schedule.every(minutes=30)
def remind_of_appointments(*, at: datetime) -> int:
    return actions.remind(at=at)
