"""Every unhappy answer becomes a case: somebody's, with a date, an answer, an outcome."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core import promises, timeline
from thanthien.core.events import publish
from thanthien.core.models import Promise
from thanthien.core.text import clean
from thanthien.core.words import as_the_office_writes
from thanthien.core.working_time import TimeLimit, TimeUnit, compute_deadline
from thanthien.dossiers.actions import register_again, tell_of_review
from thanthien.organisation.queries import calendar_for
from thanthien.satisfaction import rules
from thanthien.satisfaction.enums import CaseOutcome
from thanthien.satisfaction.events import DissatisfactionAnswered, DissatisfactionVoiced
from thanthien.satisfaction.models import Response, UnhappyCase
from thanthien.satisfaction.queries.cases import case_by_id, possible_owners
from thanthien.ui.words import vndatetime

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

PROMISE = "answer"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What an unhappy person leaves if they want an answer; `wants_review`: of their dossier."""

    name: str = ""
    phone: str = ""
    email: str = ""
    wants_review: bool = False

    @property
    def can_be_reached(self) -> bool:
        return bool(self.phone or self.email)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What came of an unhappy answer. `does_again`: whether the dossier is done again; None where nobody asked."""

    outcome: CaseOutcome
    answer: str
    does_again: bool | None = None


def open_case(response: Response, contact: Contact, *, dossier_id: int | None, at: datetime) -> UnhappyCase:
    """In the transaction of the answer. Of which dossier it was, is kept only for who asks to be answered."""
    unit, owners = response.unit, possible_owners(response.unit, response.officer_id)
    limit = TimeLimit(Decimal(rules.ANSWER_WITHIN), TimeUnit.WORKING_DAY)
    deadline = compute_deadline(limit, received_at=at, calendar=calendar_for(unit))
    reachable = contact.can_be_reached
    case = UnhappyCase.objects.create(
        response=response, unit=unit, owner=owners[0] if owners else None, opened_at=at, due_at=deadline.due,
        contact_name=clean(contact.name)[:200] if reachable else "", contact_phone=contact.phone if reachable else "",
        contact_email=contact.email if reachable else "", dossier_id=dossier_id if reachable else None,
        wants_review=contact.wants_review and reachable and dossier_id is not None,
    )  # fmt: skip
    with as_the_office_writes():
        words = {"level": response.level.lower(), "way": response.get_channel_display()}
        promises.make(
            Promise(
                subject=case.subject, kind=PROMISE, unit_code=unit.code, promised_by=str(case.owner or unit.name),
                made_at=at, title=_("Trả lời phiếu “%(level)s” (%(way)s)") % words, due_at=deadline.due,
                explanation=deadline.as_json()["explanation"],
            )
        )  # fmt: skip
        note = timeline.Note(kind="voiced", text=_("Phiếu “%(level)s” (%(way)s).") % words)
        timeline.begin(case.subject, note, by=_("người dân"), at=at)
    publish(DissatisfactionVoiced(case_id=case.pk, unit_code=unit.code, wants_review=case.wants_review))
    return case


@transaction.atomic
def give_to(case: UnhappyCase, owner: "Staff", *, by: "Staff", at: datetime) -> UnhappyCase:
    case = _locked(case)
    rules.check_can_own(case, owner, by=by)
    case.owner = owner
    case.save(update_fields=["owner"])
    _write(case, "given", _("Giao cho %(name)s.") % {"name": owner.full_name}, by=by, at=at)
    return case


@transaction.atomic
def settle(case: UnhappyCase, found: Found, *, by: "Staff", at: datetime) -> UnhappyCase:
    """What was found, and what the person was told if they left a way to be reached. A review that was asked for is
    decided with it: the dossier is registered again, or the answer says why not."""
    case = _locked(case)
    rules.check_can_settle(case, by=by)
    rules.check_review_is_decided(case, found.does_again)
    case.outcome, case.answer, case.answered_by, case.answered_at = found.outcome, found.answer.strip(), str(by), at
    if found.does_again:
        case.again = register_again(case.dossier, reason=case.answer, by=by, at=at)
    case.save(update_fields=["outcome", "answer", "answered_by", "answered_at", "again"])
    promises.keep(promises.promise_of(case.subject, PROMISE), at=at)
    words = {"outcome": CaseOutcome(found.outcome).label, "answer": case.answer}
    _write(case, "settled", _("Kết quả: %(outcome)s. %(answer)s") % words, by=by, at=at)
    publish(DissatisfactionAnswered(case_id=case.pk, outcome=found.outcome))
    return case


def tell_dossier(case_id: int, *, at: datetime) -> bool:
    """The dossier's story says that its owner asked for a review, later that it was refused; each once. Nothing of the
    answers themselves: who is rated reads it too. (That it is done again, is written by doing it.)"""
    case = case_by_id(case_id)
    if not case.wants_review or case.again_id:
        return False
    with as_the_office_writes():
        note = _refused_note(case) if case.answered_at else _asked_note(case)
        return tell_of_review(case.dossier_id, note, by=case.answered_by or _("người dân"), at=at)


def _asked_note(case: UnhappyCase) -> timeline.Note:
    words = _("Người dân đề nghị xem lại hồ sơ, hẹn trả lời %(day)s.") % {"day": vndatetime(case.due_at)}
    public = _("Đã nhận đề nghị xem lại hồ sơ của ông/bà, hẹn trả lời %(day)s.") % {"day": vndatetime(case.due_at)}
    return timeline.Note(kind="review_asked", text=words, public_text=public)


def _refused_note(case: UnhappyCase) -> timeline.Note:
    words = _("Đề nghị xem lại: không làm lại hồ sơ. %(answer)s") % {"answer": case.answer}
    public = _("Đề nghị xem lại hồ sơ của ông/bà đã được trả lời.")
    return timeline.Note(kind="review_refused", text=words, public_text=public)


def _locked(case: UnhappyCase) -> UnhappyCase:
    return (
        UnhappyCase.objects.select_for_update(of=("self",))
        .select_related("response", "unit", "dossier")
        .get(pk=case.pk)
    )


def _write(case: UnhappyCase, kind: str, text: str, *, by: "Staff", at: datetime) -> None:
    timeline.append(case.subject, timeline.Note(kind=kind, text=text), by=str(by), at=at)
