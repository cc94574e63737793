"""What the one-stop shop does by the clock, and which stories the audit expects of it."""

from collections.abc import Iterator
from datetime import datetime

from thanthien.core import schedule, timeline
from thanthien.dossiers import actions, queries


@schedule.every(minutes=1)
def ask_for_apologies(*, at: datetime) -> int:
    """One working day before a promise breaks, its apology is owed (NĐ 61/2018 Đ19.9)."""
    return actions.open_owed_apologies(at=at)


def dossiers_with_a_story() -> Iterator[str]:
    return (f"dossier:{pk}" for pk in queries.all_dossier_keys())


timeline.expect_subjects("dossiers", dossiers_with_a_story)
