"""Asks after a result was returned, and tidies up by the clock."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from thanthien.core import schedule, timeline
from thanthien.core.events import listens_to
from thanthien.dossiers.events import DossierReturned
from thanthien.queue.events import TicketFinished
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.events import DissatisfactionAnswered, DissatisfactionVoiced


@listens_to(DossierReturned)
def ask_by_link(event: DossierReturned) -> None:
    actions.invite_after_result(event.dossier_id, at=timezone.now())


@listens_to(DossierReturned)
def ask_at_the_counter(event: DossierReturned) -> None:
    if event.channel == "counter":
        actions.wake_for_dossier(event.dossier_id, event.staff_id, at=timezone.now())


@listens_to(TicketFinished)
def ask_when_a_number_is_done(event: TicketFinished) -> None:
    actions.wake_for_ticket(event.ticket_id, at=timezone.now())


@listens_to(DissatisfactionVoiced)
def tell_the_dossier_of_a_review(event: DissatisfactionVoiced) -> None:
    if event.wants_review:
        actions.tell_dossier(event.case_id, at=timezone.now())


@listens_to(DissatisfactionAnswered)
def tell_the_dossier_what_was_decided(event: DissatisfactionAnswered) -> None:
    actions.tell_dossier(event.case_id, at=timezone.now())


@schedule.every(minutes=10)
def forget_turns(*, at: datetime) -> int:
    return actions.forget_turns(at=at)


def cases_with_a_story() -> Iterator[str]:
    return (f"unhappy:{pk}" for pk in queries.all_case_keys())


timeline.expect_subjects("satisfaction", cases_with_a_story)
