"""The clock stops and runs again: supplement, financial duty, other agencies; and the new date that follows."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core import promises, timeline
from thanthien.core.enums import PromiseChangeReason
from thanthien.core.events import publish
from thanthien.core.working_time import (
    Deadline,
    PausePolicy,
    StartRule,
    add_working_hours,
    compute_deadline,
    pauses_in_time,
    working_hours_between,
)
from thanthien.core.working_time import Pause as ClockPause
from thanthien.dossiers import rules
from thanthien.dossiers.actions import messages
from thanthien.dossiers.actions.change import (
    STEP_FIELDS,
    calendar_of,
    changes_dossier,
    keep_check,
    limit_of,
    save,
    set_apology_time,
    set_step_times,
    write_down,
)
from thanthien.dossiers.actions.receiving import PROMISE
from thanthien.dossiers.enums import RUNNING, TRANSITIONS, PauseKind, Status
from thanthien.dossiers.events import DossierPaused, DossierResumed
from thanthien.dossiers.models import Apology, Dossier, Pause, SupplementRequest
from thanthien.procedures.queries import step_at

BREATH = Decimal("0.0005")  # of an hour: not two seconds
REASONS = {
    PauseKind.SUPPLEMENT: PromiseChangeReason.SUPPLEMENT,
    PauseKind.FINANCIAL_DUTY: PromiseChangeReason.FINANCIAL_DUTY,
    PauseKind.OTHER_AGENCY: PromiseChangeReason.OTHER_AGENCY,
}


@changes_dossier
def request_supplement(
    dossier: Dossier, *, papers: Sequence[str], reason: str, legal_basis: str, by: Any, at: datetime
) -> None:
    """Asks the citizen, once, for everything that is missing (form 02); the clock stands from now."""
    rules.check_can_request_supplement(dossier, by=by)
    SupplementRequest.objects.create(
        dossier=dossier,
        papers=list(papers),
        reason=reason,
        legal_basis=legal_basis,
        requested_by=str(by),
        requested_at=at,
    )
    listed = "; ".join(papers)
    note = timeline.Note(
        kind="supplement",
        text=_("Yêu cầu bổ sung: %(papers)s. Lý do: %(reason)s.") % {"papers": listed, "reason": reason},
        public_text=_("Kính đề nghị ông/bà bổ sung: %(papers)s. Lý do: %(reason)s.")
        % {"papers": listed, "reason": reason},
        data={"papers": list(papers), "legal_basis": legal_basis},
    )
    pause = stop_clock(dossier, PauseKind.SUPPLEMENT, reason, legal_basis, by=by, at=at)
    dossier.status = Status.SUPPLEMENT
    save(dossier, "status", "silent_at", at=at)
    keep_check(dossier, at=at)
    write_down(dossier, note, by=by, at=at)
    occasion = str(pause.pk)
    messages.tell_paused(dossier, PauseKind.SUPPLEMENT, reason, papers=papers, occasion=occasion, at=at)


@changes_dossier
def suspend_for_financial_duty(dossier: Dossier, *, reason: str, legal_basis: str, by: Any, at: datetime) -> None:
    """Waits for the citizen's financial duty (tax, fee); the clock stands from now."""
    rules.check_can_suspend(dossier, by=by)
    pause = stop_clock(dossier, PauseKind.FINANCIAL_DUTY, reason, legal_basis, by=by, at=at)
    dossier.status = Status.FINANCIAL_DUTY
    save(dossier, "status", "silent_at", at=at)
    public = _("Chúng tôi chờ ông/bà thực hiện nghĩa vụ tài chính: %(reason)s.") % {"reason": reason}
    text = _("Chờ thực hiện nghĩa vụ tài chính: %(reason)s.") % {"reason": reason}
    write_down(dossier, timeline.Note(kind="financial_duty", text=text, public_text=public), by=by, at=at)
    messages.tell_paused(dossier, PauseKind.FINANCIAL_DUTY, reason, occasion=str(pause.pk), at=at)


def stop_clock(dossier: Dossier, kind: PauseKind, reason: str, legal_basis: str, *, by: Any, at: datetime) -> Pause:
    pause = Pause.objects.create(
        dossier=dossier, kind=kind, reason=reason, legal_basis=legal_basis, started_at=at, by=str(by)
    )
    dossier.silent_at = None
    if dossier.received_at:
        promises.pause(promises.promise_of(dossier.subject, PROMISE), at=at)
    publish(DossierPaused(dossier_id=dossier.pk, kind=kind))
    return pause


@changes_dossier
def resume(dossier: Dossier, *, answer: str = "", by: Any, at: datetime) -> None:
    """The citizen has handed in what was missing (or paid): the clock runs on, and the new date is told."""
    rules.check_can_resume(dossier, by=by)
    run_on(dossier, answer=answer, by=by, at=at)


def run_on(dossier: Dossier, *, answer: str = "", by: Any, at: datetime) -> None:
    """The dossier, under its lock, goes on from its open pause."""
    pause = dossier.pauses.filter(ended_at=None).get()
    new_due = due_if_answered(dossier, at=at)
    pause.ended_at = at
    pause.save(update_fields=["ended_at"])
    SupplementRequest.objects.filter(dossier=dossier, answered_at=None).update(answered_at=at, answer=answer)
    if dossier.received_at is None:
        dossier.status = Status.NEW
        save(dossier, "status", at=at)
        text = _("Ông/bà đã bổ sung giấy tờ, cảm ơn ông/bà.")
        write_down(dossier, timeline.Note(kind="resumed", text=text, public_text=text), by=by, at=at)
        messages.tell_resumed(dossier, occasion=str(pause.pk), at=at)
        return
    _move_promise(dossier, pause, new_due, by=by, at=at)
    dossier.status = status_after_pause(dossier)
    dossier.due_at = new_due.due
    set_step_times(dossier, step_at(dossier.offering, dossier.step_position).amount, at=at)
    set_apology_time(dossier)
    save(dossier, "status", "due_at", "apology_at", *STEP_FIELDS, at=at)
    write_down(dossier, _resumed_note(dossier, pause), by=by, at=at)
    if pause.kind != PauseKind.OTHER_AGENCY:  # whoever took the answer in tells of it
        messages.tell_resumed(dossier, occasion=str(pause.pk), at=at)
    publish(DossierResumed(dossier_id=dossier.pk, due_at=new_due.due.isoformat()))


def status_after_pause(dossier: Dossier) -> Status:
    """Where it was; but the national table knows no way from a financial duty back to "Được tiếp nhận" (DOMAIN 1.5)."""
    is_untouched = dossier.step_position <= 1 and Status.RECEIVED in TRANSITIONS[Status(dossier.status)]
    return Status.RECEIVED if is_untouched else Status.PROCESSING


def _move_promise(dossier: Dossier, pause: Pause, new_due: Deadline, *, by: Any, at: datetime) -> None:
    promise = promises.promise_of(dossier.subject, PROMISE)
    if new_due.due != promise.due_at:
        move = promises.Move(
            due_at=new_due.due,
            reason=REASONS[PauseKind(pause.kind)],
            note=pause.reason,
            legal_basis=pause.legal_basis,
            explanation=new_due.as_json()["explanation"],
        )
        promises.change(promise, move, by=str(by), at=at)
    promises.resume(promise)


def _resumed_note(dossier: Dossier, pause: Pause) -> timeline.Note:
    due = timezone.localtime(dossier.due_at)
    words = {"what": PauseKind(pause.kind).label, "day": due.strftime("%d/%m/%Y"), "time": due.strftime("%H:%M")}
    public = (
        _("Hồ sơ được giải quyết tiếp. Hẹn trả kết quả lúc %(time)s ngày %(day)s.")
        if pause.kind == PauseKind.OTHER_AGENCY
        else _("Chúng tôi đã nhận đủ, cảm ơn ông/bà. Hẹn trả kết quả lúc %(time)s ngày %(day)s.")
    )
    text = _("Hết tạm dừng (%(what)s), hẹn trả %(time)s ngày %(day)s.") % words
    return timeline.Note(kind="resumed", text=text, public_text=public % words)


def due_if_answered(dossier: Dossier, *, at: datetime) -> Deadline:
    """The date that would hold if the citizen answered now: shown before, promised after (FEATURES 28).

    Counted by the policy of the dossier's version, which concerns what the citizen hands in: what another agency took
    is given back under either. A date that was moved by an apology shifts by what remained of it.
    While the clock still runs, as if it were stopped and answered at this very moment: under RESTART that begins anew.
    """
    pauses = [
        ClockPause(
            p.started_at, p.ended_at or max(at, p.started_at), str(PauseKind(p.kind).label),
            restarts=p.kind != PauseKind.OTHER_AGENCY,
        )
        for p in dossier.pauses.all()
    ]  # fmt: skip
    if dossier.status in RUNNING:
        pauses.append(ClockPause(at, at, str(PauseKind.SUPPLEMENT.label)))
    if dossier.received_at is None:
        return compute_deadline(
            limit_of(dossier), received_at=at, calendar=calendar_of(dossier), start=StartRule(dossier.unit.count_from)
        )
    terms = {
        "received_at": dossier.received_at,
        "calendar": calendar_of(dossier),
        "policy": PausePolicy(dossier.version.supplement_policy),
        "start": StartRule(dossier.unit.count_from),
    }
    in_time = pauses_in_time(limit_of(dossier), pauses=pauses, **terms)
    counted = compute_deadline(limit_of(dossier), pauses=in_time, **terms)
    if not Apology.objects.filter(dossier=dossier, sent_at__isnull=False).exists():
        return counted
    return max(counted, _shifted(dossier, at=at), key=lambda deadline: deadline.due)


def _shifted(dossier: Dossier, *, at: datetime) -> Deadline:
    """The date in force, later by the working time of the open pause; a limit in whole days ends at closing time."""
    calendar = calendar_of(dossier)
    pause = dossier.pauses.filter(ended_at=None).first()
    if pause is None or dossier.due_at <= pause.started_at:
        return Deadline(dossier.due_at, ())
    left = working_hours_between(calendar, pause.started_at, dossier.due_at)
    # A breath less than what was left, lest a rounded fraction spill over into the next morning.
    moment = add_working_hours(calendar, max(at, pause.started_at), max(left - BREATH, BREATH))
    whole = limit_of(dossier).is_whole
    return Deadline(calendar.closing(timezone.localdate(moment)) if whole else moment.replace(microsecond=0), ())


@changes_dossier
def confirm_supplement_request(dossier: Dossier, *, by: Any, at: datetime) -> None:
    """The citizen has confirmed that the request reached them."""
    rules.check_can_confirm_supplement(dossier, by=by)
    SupplementRequest.objects.filter(dossier=dossier).update(confirmed_at=at)
    text = _("Ông/bà đã xác nhận nhận được yêu cầu bổ sung.")
    write_down(dossier, timeline.Note(kind="supplement_confirmed", text=text, public_text=text), by=by, at=at)
    save(dossier, at=at)
