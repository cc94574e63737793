"""What the room does by the clock."""

from datetime import datetime

from thanthien.core import schedule
from thanthien.notifications import actions


@schedule.every(minutes=10)
def look_for_forgotten_messages(*, at: datetime) -> int:
    """A message whose task was lost goes out all the same."""
    return actions.put_back_forgotten(at=at)


@schedule.daily(at="02:10")
def forget_codes(*, at: datetime) -> None:
    actions.forget_old_codes(at=at)
