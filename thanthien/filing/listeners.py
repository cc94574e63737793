"""What this room does by the clock."""

from datetime import datetime

from thanthien.core import schedule
from thanthien.filing import actions


@schedule.daily(at="02:30")
def delete_old_drafts(*, at: datetime) -> int:
    """A draft that nobody touched for seven days goes with its files, as its pages have said."""
    return actions.delete_expired(at=at)
