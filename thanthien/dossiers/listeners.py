"""What the dossiers do by the clock."""

from datetime import datetime

from thanthien.core import schedule
from thanthien.dossiers.actions import open_owed_apologies


@schedule.every(minutes=1)
def ask_for_apologies(*, at: datetime) -> None:
    """One working day before a promise breaks, its apology is owed (NĐ 61/2018 Đ19.9)."""
    open_owed_apologies(at=at)
