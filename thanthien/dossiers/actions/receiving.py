"""A dossier comes in: received, registered to wait, refused, or done on the spot."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core import promises, timeline
from thanthien.core.events import publish
from thanthien.core.models import Promise
from thanthien.core.numbering import next_numbers
from thanthien.core.text import plain
from thanthien.core.working_time import Deadline, StartRule, compute_deadline
from thanthien.core.writing import insert, together
from thanthien.dossiers import rules
from thanthien.dossiers.actions import messages
from thanthien.dossiers.actions.change import (
    calendar_of,
    changes_dossier,
    keep_check,
    limit_of,
    put_on_desk,
    save,
    set_apology_time,
    write_down,
)
from thanthien.dossiers.enums import HomeReason, RefusalReason, ResultKind, ReturnChannel, Status
from thanthien.dossiers.events import DossierDenied, DossierReceived
from thanthien.dossiers.models import Dossier, DossierPaper, Fee, HandOver
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import desks_of, office_of
from thanthien.people.actions import PersonFacts, remember_business, remember_person
from thanthien.procedures.enums import Channel
from thanthien.procedures.queries import first_step_of

PROMISE = "result"


@dataclass(frozen=True, kw_only=True)
class PaperIn:
    name: str
    code: str = ""
    originals: int = 0
    certified: int = 0
    photocopies: int = 0
    is_electronic: bool = False
    is_shown_only: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeIn:
    """A charge; with `method` it was paid at once."""

    name: str
    amount: int
    pages: int | None = None
    quantity: int = 1
    method: str = ""
    receipt_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What a citizen files. `offering` carries its unit and `version`, the version of the procedure in force."""

    offering: Any
    version: Any
    person: PersonFacts
    business_name: str = ""
    tax_code: str = ""
    owner_name: str = ""
    owner_address: str = ""
    authorisation: str = ""
    channel: Channel = Channel.COUNTER
    return_channel: ReturnChannel = ReturnChannel.COUNTER
    return_reason: HomeReason | str = ""
    return_address: str = ""
    request: str = ""
    copies: int = 1
    note: str = ""
    paper_place: str = ""
    papers: Sequence[PaperIn] = field(default_factory=tuple)
    fees: Sequence[FeeIn] = field(default_factory=tuple)


@transaction.atomic(savepoint=False)
def receive_dossier(intake: Intake, *, by: Any, at: datetime) -> Dossier:
    """Accepts a complete dossier: its code, its promise, its place on the first desk; tells the citizen.

    When another unit decides (non-territorial reception), the clock starts there, with the hand-over that it
    acknowledges (NĐ 309/2026 Đ17.3); until then the date counts from now.
    """
    rules.check_can_receive(by=by)
    dossier = _new_dossier(intake, Status.RECEIVED, by=by, at=at)
    deadline = _accept(dossier, by=by, at=at)
    _number(dossier, at=at)
    insert(dossier)
    with together():
        _store_parts(dossier, intake, by=by, at=at)
        promise_result(dossier, deadline, by=by, at=at)
        timeline.begin(dossier.subject, _received_note(dossier), by=str(by), at=at)
    messages.tell_received(dossier, at=at)
    publish(DossierReceived(dossier_id=dossier.pk))
    return dossier


@transaction.atomic(savepoint=False)
def register_dossier(intake: Intake, *, by: Any, at: datetime) -> Dossier:
    """Takes a dossier down without accepting it yet: it waits to be accepted, completed or refused (status 1)."""
    dossier = _new_dossier(intake, Status.NEW, by=by, at=at)
    dossier.desk_unit, dossier.desk_role = dossier.receiving_unit, Role.RECEPTION
    _number(dossier, at=at)
    insert(dossier)
    _store_parts(dossier, intake, by=by, at=at)
    text = _("Hồ sơ được ghi nhận, chờ kiểm tra: %(name)s.") % {"name": dossier.procedure_name}
    timeline.begin(dossier.subject, timeline.Note(kind="registered", text=text, public_text=text), by=str(by), at=at)
    return dossier


@changes_dossier
def accept_dossier(dossier: Dossier, *, by: Any, at: datetime) -> None:
    """Accepts a registered (or completed) dossier: from now on its clock runs."""
    rules.check_can_accept(dossier, by=by)
    deadline = _accept(dossier, by=by, at=at)
    dossier.status = Status.RECEIVED
    dossier.save()
    keep_check(dossier, at=at)
    promise_result(dossier, deadline, by=by, at=at)
    write_down(dossier, _received_note(dossier), by=by, at=at)
    messages.tell_received(dossier, at=at)
    publish(DossierReceived(dossier_id=dossier.pk))


@changes_dossier
def deny_dossier(dossier: Dossier, *, reason: RefusalReason, text: str, by: Any, at: datetime) -> None:
    """Refuses to receive, with the reason and guidance (form 03)."""
    rules.check_can_deny(dossier, by=by)
    dossier.status, dossier.closed_at = Status.DENIED, at
    dossier.closing_reason = f"{RefusalReason(reason).label}: {text}"
    save(dossier, "status", "closed_at", "closing_reason", at=at)
    keep_check(dossier, at=at)
    note = timeline.Note(
        kind="denied",
        text=_("Không tiếp nhận hồ sơ: %(reason)s.") % {"reason": dossier.closing_reason},
        public_text=_("Rất tiếc, chúng tôi chưa tiếp nhận được hồ sơ: %(reason)s.")
        % {"reason": dossier.closing_reason},
        data={"reason": reason},
    )
    write_down(dossier, note, by=by, at=at)
    messages.tell_denied(dossier, at=at)
    publish(DossierDenied(dossier_id=dossier.pk))


def promise_result(dossier: Dossier, deadline: Deadline, *, by: Any, at: datetime) -> Promise:
    return promises.make(
        Promise(
            subject=dossier.subject,
            kind=PROMISE,
            unit_code=dossier.unit.code,
            title=dossier.procedure_name[:500],
            promised_by=str(by),
            made_at=at,
            due_at=deadline.due,
            explanation=deadline.as_json()["explanation"],
        )
    )


def deadline_from(dossier: Dossier, *, at: datetime) -> Deadline:
    """The date that the committed time gives when it is counted from this moment."""
    return compute_deadline(
        limit_of(dossier), received_at=at, calendar=calendar_of(dossier), start=StartRule(dossier.unit.count_from)
    )


def _accept(dossier: Dossier, *, by: Any, at: datetime) -> Deadline:
    deadline = deadline_from(dossier, at=at)
    dossier.received_at, dossier.received_by, dossier.due_at = at, by, deadline.due
    put_on_desk(dossier, first_step_of(dossier.offering), at=at)
    if dossier.receiving_unit_id != dossier.unit_id:
        dossier.desk_unit, dossier.desk_role = dossier.receiving_unit, Role.RECEPTION
    set_apology_time(dossier)
    return deadline


def _new_dossier(intake: Intake, status: Status, *, by: Any, at: datetime) -> Dossier:
    offering, facts = intake.offering, intake.person
    is_claimed = isinstance(by, str)  # by citizens themselves: no officer has seen the card
    person = remember_person(facts, by=by, at=at, corrects=not is_claimed)
    business = None
    if intake.business_name:
        business = remember_business(intake.business_name, intake.tax_code, representative=person)
    name = intake.business_name or facts.full_name
    return Dossier(
        secret=secrets.token_urlsafe(12),
        unit=offering.unit,
        receiving_unit=_office_of(by, offering),
        offering=offering,
        version=intake.version,
        procedure_name=intake.version.name,
        status=status,
        channel=intake.channel,
        return_channel=intake.return_channel,
        return_reason=intake.return_reason,
        return_address=intake.return_address,
        applicant=person,
        business=business,
        applicant_name=name,
        applicant_plain=plain(name),
        personal_id=facts.personal_id or "",
        phone=facts.phone,
        email=facts.email,
        address=facts.address,
        owner_name=intake.owner_name,
        owner_address=intake.owner_address,
        authorisation=intake.authorisation,
        request=intake.request or intake.version.name,
        copies=intake.copies,
        note=intake.note,
        paper_place=intake.paper_place,
        registered_at=at,
        touched_at=at,
    )


def _office_of(by: Any, offering: Any) -> Any:
    """The office at whose counter this person works; the deciding unit itself for what citizens file by themselves."""
    if isinstance(by, str) or offering.unit_id in desks_of(by):
        return offering.unit
    return office_of(by)


def _number(dossier: Dossier, *, at: datetime) -> None:
    """The national code (TT 03/2025 Đ13: unit, day, serial of the day) and the line in this year's book."""
    day = timezone.localdate(at)
    unit = dossier.receiving_unit
    serial, line = next_numbers(f"dossier:{unit.code}:{day:%Y%m%d}", f"book:{dossier.unit.code}:{day.year}")
    dossier.code = dossier_code(unit.code, day, serial)
    dossier.book_year, dossier.book_number = day.year, line


def dossier_code(unit_code: str, day: date, serial: int) -> str:
    """Both forms of DOMAIN 1.8 are `unit-YYMMDD-XXXX`; which it is depends on how the unit's code is written."""
    return f"{unit_code}-{day:%y%m%d}-{serial:04d}"


def _store_parts(dossier: Dossier, intake: Intake, *, by: Any, at: datetime) -> None:
    insert(*(DossierPaper(dossier=dossier, position=i, **vars(p)) for i, p in enumerate(intake.papers, 1)))
    insert(*(_fee(dossier, fee, by=by, at=at) for fee in intake.fees))


def _fee(dossier: Dossier, fee: FeeIn, *, by: Any, at: datetime) -> Fee:
    paid = {"paid_at": at, "collected_by": str(by)} if fee.method else {}
    return Fee(dossier=dossier, **vars(fee), **paid)


def _received_note(dossier: Dossier) -> timeline.Note:
    due = timezone.localtime(dossier.due_at)
    promise = {"day": due.strftime("%d/%m/%Y"), "time": due.strftime("%H:%M")}
    return timeline.Note(
        kind="received",
        text=_("Tiếp nhận hồ sơ, hẹn trả %(time)s ngày %(day)s.") % promise,
        public_text=_("Đã nhận hồ sơ của ông/bà, hẹn trả kết quả lúc %(time)s ngày %(day)s.") % promise,
        data={"due_at": dossier.due_at.isoformat(), "channel": dossier.channel},
    )


@transaction.atomic(savepoint=False)
def record_immediate(intake: Intake, *, result_reference: str, by: Any, at: datetime) -> Dossier:
    """A procedure whose result is given at once (NĐ 61/2018 Đ17.4): received, done and returned in one step."""
    rules.check_can_receive(by=by)
    dossier = _new_dossier(intake, Status.RETURNED, by=by, at=at)
    deadline = _accept(dossier, by=by, at=at)
    dossier.finished_at = dossier.returned_at = dossier.closed_at = at
    dossier.result_kind, dossier.result_reference = ResultKind.GRANTED, result_reference
    dossier.apology_at = dossier.silent_at = None
    _number(dossier, at=at)
    insert(dossier)
    _store_parts(dossier, intake, by=by, at=at)
    promises.keep(promise_result(dossier, deadline, by=by, at=at), at=at)
    text = _("Tiếp nhận và trả kết quả ngay tại quầy.")
    timeline.begin(dossier.subject, timeline.Note(kind="immediate", text=text, public_text=text), by=str(by), at=at)
    here, signed = dossier.receiving_unit, {"given_by": str(by), "acknowledged_by": str(by)}
    times = {"given_at": at, "acknowledged_at": at}
    step = _("Giải quyết ngay")
    HandOver.objects.create(dossier=dossier, from_unit=here, to_unit=here, step_name=step, **signed, **times)
    publish(DossierReceived(dossier_id=dossier.pk))
    return dossier
