"""Letters answer what happened: they draft, and never send by themselves."""

from datetime import datetime

from django.utils.timezone import now

from thanthien.core import schedule, timeline
from thanthien.core.events import listens_to
from thanthien.dossiers.events import ApologySent, DossierFinished
from thanthien.letters import actions, queries
from thanthien.satisfaction.events import DissatisfactionAnswered


@listens_to(DossierFinished)
def write_for_a_life_event(event: DossierFinished) -> None:
    """A birth, marriage or death was registered: the letter waits when the certificate does."""
    actions.draft_for_dossier(event.dossier_id, at=now())


@listens_to(DossierFinished)
def leave_mourners_alone(event: DossierFinished) -> None:
    """The message that the result waits was written before this, in the transaction of the result itself."""
    actions.leave_alone(event.dossier_id, at=now())


@listens_to(ApologySent)
def apologise_in_person(event: ApologySent) -> None:
    """Form 04 has gone out: the head of the office writes too."""
    actions.draft_letter_of_delay(event.dossier_id, at=now())


@listens_to(DissatisfactionAnswered)
def answer_a_voice(event: DissatisfactionAnswered) -> None:
    """Somebody was not content, and was right: an apology, or thanks for what changed by it."""
    actions.draft_for_answered_case(event.case_id, at=now())


@schedule.every(minutes=30)
def apologise_for_second_delays(*, at: datetime) -> int:
    return actions.draft_second_apologies(at=at)


timeline.expect_subjects("letters", queries.subjects_of_letters)
