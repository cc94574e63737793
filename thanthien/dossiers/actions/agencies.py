"""The clock stands while another agency is asked, where the law of the procedure lets it (NĐ 61/2018 Đ19.5)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from thanthien.core import promises, timeline
from thanthien.core.events import publish
from thanthien.core.working_time import add_working_hours, working_hours_between
from thanthien.dossiers import rules
from thanthien.dossiers.actions import messages
from thanthien.dossiers.actions.change import calendar_of, changes_dossier, save, write_down
from thanthien.dossiers.actions.clock import run_on, status_after_pause, stop_clock
from thanthien.dossiers.actions.receiving import PROMISE
from thanthien.dossiers.enums import PauseKind, Status
from thanthien.dossiers.events import DossierResumed
from thanthien.dossiers.models import AgencyRequest, Dossier


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of which agency; `legal_basis` lets the clock stand, "" for that of the offering. `reference` is
    the number of the letter that asks, "" when there is none yet; `expected_on` the day by which it should answer."""

    agency: str
    text: str
    expected_on: date
    legal_basis: str = ""
    reference: str = ""


@changes_dossier
def ask_agency(dossier: Dossier, question: Question, *, by: Any, at: datetime) -> None:
    """Asks another agency; the clock stands from now, the citizen is told whom one waits for.

    Raises `Refused` when the unit has named no law for it: then `consult` asks while the clock goes on.
    """
    rules.check_can_ask_agency(dossier, by=by)
    rules.check_day_of_answer(question.expected_on, at=at)
    basis = question.legal_basis or dossier.offering.agency_basis
    asked = AgencyRequest.objects.create(
        dossier=dossier, agency=question.agency, question=question.text, legal_basis=basis,
        reference=question.reference, expected_on=question.expected_on, asked_by=str(by), asked_at=at,
    )  # fmt: skip
    reason = f"{question.agency}: {question.text}"
    stop_clock(dossier, PauseKind.OTHER_AGENCY, reason, basis, by=by, at=at)
    dossier.status = Status.OTHER_AGENCY
    save(dossier, "status", "silent_at", at=at)
    write_down(dossier, _asked_note(asked), by=by, at=at)
    messages.tell_agency_asked(dossier, asked.agency, asked.question, occasion=str(asked.pk), at=at)


def _asked_note(asked: AgencyRequest) -> timeline.Note:
    words = {"agency": asked.agency, "day": f"{asked.expected_on:%d/%m/%Y}", "text": asked.question}
    text = _("Chờ %(agency)s trả lời, dự kiến ngày %(day)s: %(text)s") % words
    return timeline.Note(
        kind="other_agency",
        text=f"{text} ({asked.reference})" if asked.reference else text,
        public_text=_(
            "Chúng tôi chờ %(agency)s trả lời, dự kiến ngày %(day)s. Trong lúc chờ, đồng hồ dừng; ông/bà không phải "
            "làm gì thêm."
        )
        % words,
        data={"legal_basis": asked.legal_basis},
    )


@changes_dossier
def record_agency_answer(dossier: Dossier, *, answer: str, reference: str = "", by: Any, at: datetime) -> None:
    """The other agency has answered: the clock runs on, the citizen is told the new date."""
    rules.check_can_end_agency_wait(dossier, by=by)
    asked = open_request(dossier)
    asked.answer, asked.answer_reference, asked.answered_by, asked.answered_at = answer, reference, str(by), at
    asked.save(update_fields=["answer", "answer_reference", "answered_by", "answered_at"])
    words = {"agency": asked.agency, "answer": answer}
    text = _("%(agency)s đã trả lời: %(answer)s") % words
    public = _("%(agency)s đã trả lời.") % words
    note = timeline.Note(
        kind="agency_answered", text=f"{text} ({reference})" if reference else text, public_text=public
    )
    write_down(dossier, note, by=by, at=at)
    run_on(dossier, by=by, at=at)
    messages.tell_agency_over(dossier, asked.agency, occasion=str(asked.pk), at=at)


@changes_dossier
def cancel_agency_request(dossier: Dossier, *, by: Any, at: datetime) -> None:
    """Asked by mistake: as if the clock had never stood. The promised date stays, the citizen is told that it does."""
    rules.check_can_end_agency_wait(dossier, by=by)
    asked = open_request(dossier)
    asked.cancelled_at = at
    asked.save(update_fields=["cancelled_at"])
    dossier.pauses.filter(ended_at=None).delete()
    promises.resume(promises.promise_of(dossier.subject, PROMISE))
    dossier.status, dossier.silent_at = status_after_pause(dossier), _half_of_what_is_left(dossier, at=at)
    save(dossier, "status", "silent_at", at=at)
    words = {"agency": asked.agency}
    text = _("Thôi chờ %(agency)s, việc hỏi được hủy: đồng hồ tính như chưa hề dừng.") % words
    public = _("Chúng tôi không phải chờ %(agency)s nữa. Ngày hẹn trả kết quả giữ nguyên.") % words
    write_down(dossier, timeline.Note(kind="agency_cancelled", text=text, public_text=public), by=by, at=at)
    messages.tell_agency_over(dossier, asked.agency, occasion=str(asked.pk), at=at)
    publish(DossierResumed(dossier_id=dossier.pk, due_at=dossier.due_at.isoformat()))


def open_request(dossier: Dossier) -> AgencyRequest:
    return dossier.agency_requests.get(answered_at=None, cancelled_at=None)


def _half_of_what_is_left(dossier: Dossier, *, at: datetime) -> datetime:
    """When the step counts as left lying: midway to its end."""
    calendar, due = calendar_of(dossier), dossier.step_due_at or at
    return add_working_hours(calendar, at, working_hours_between(calendar, at, max(at, due)) / 2)
