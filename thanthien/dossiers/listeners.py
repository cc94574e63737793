"""What the one-stop shop does by the clock, and which stories the audit expects of it."""

from collections.abc import Iterator
from datetime import datetime

from thanthien.core import schedule, timeline
from thanthien.core.events import listens_to
from thanthien.dossiers import actions, queries
from thanthien.people.events import PeopleMerged


@schedule.every(minutes=1)
def ask_for_apologies(*, at: datetime) -> int:
    """One working day before a promise breaks, its apology is owed (NĐ 61/2018 Đ19.9)."""
    return actions.open_owed_apologies(at=at)


@schedule.every(minutes=15)
def say_what_is_not_ready(*, at: datetime) -> int:
    """Three hours before the appointment, so that nobody comes in vain."""
    return actions.tell_who_may_come_soon(at=at)


@listens_to(PeopleMerged)
def follow_the_applicant(event: PeopleMerged) -> None:
    """Two records were one person: their dossiers stand under the one that was kept."""
    actions.move_applicant(dropped_id=event.dropped_id, kept_id=event.kept_id)


def dossiers_with_a_story() -> Iterator[str]:
    return (f"dossier:{pk}" for pk in queries.all_dossier_keys())


timeline.expect_subjects("dossiers", dossiers_with_a_story)
