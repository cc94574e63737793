"""What the room does by the clock, and when two records of people become one."""

from datetime import datetime

from thanthien.core import schedule
from thanthien.core.events import listens_to
from thanthien.notifications import actions
from thanthien.people.events import PeopleMerged


@schedule.every(minutes=10)
def look_for_forgotten_messages(*, at: datetime) -> int:
    """A message whose task was lost goes out all the same."""
    return actions.put_back_forgotten(at=at)


@schedule.daily(at="02:10")
def forget_codes(*, at: datetime) -> None:
    actions.forget_old_codes(at=at)


@listens_to(PeopleMerged)
def leave_alone_who_was_left_alone(event: PeopleMerged) -> None:
    actions.move_person(dropped_id=event.dropped_id, kept_id=event.kept_id)
