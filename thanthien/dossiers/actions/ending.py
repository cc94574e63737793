"""How a dossier ends: signed off, returned, withdrawn, stopped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from thanthien.core import promises, timeline
from thanthien.core.events import publish
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.dossiers import rules
from thanthien.dossiers.actions import messages
from thanthien.dossiers.actions.change import changes_dossier, save, write_down
from thanthien.dossiers.actions.process import step_timeliness
from thanthien.dossiers.actions.receiving import PROMISE
from thanthien.dossiers.enums import HomeReason, ResultKind, ReturnChannel, Status
from thanthien.dossiers.events import DossierFinished, DossierReturned, DossierStopped, DossierWithdrawn
from thanthien.dossiers.models import Apology, Dossier, DossierFile, HandOver, Pause, ResultReturn
from thanthien.dossiers.queries import next_step, timeliness_of
from thanthien.organisation.enums import Role


@changes_dossier
def sign_off_result(
    dossier: Dossier,
    *,
    kind: ResultKind = ResultKind.GRANTED,
    reference: str = "",
    note: str = "",
    by: Any,
    at: datetime,
) -> None:
    """The result is signed: the clock ends, the promise is kept, the citizen is told that it waits for them.

    A refusal after examination ends the same way, with a written refusal as result, within the same time (DOMAIN 1.5).
    """
    rules.check_can_sign_off(dossier, by=by)
    if next_step(dossier):
        raise Refused(_("Hồ sơ còn bước sau, chưa đến lúc ghi kết quả. Xin chuyển bước."))
    _record_last_step(dossier, note, by=by, at=at)
    dossier.status, dossier.finished_at = Status.FINISHED, at
    dossier.result_kind, dossier.result_reference, dossier.result_signed_by = kind, reference, str(by)
    dossier.desk_unit, dossier.desk_role, dossier.holder = dossier.receiving_unit, Role.RETURN, None
    dossier.step_name, dossier.silent_at, dossier.apology_at = _("Chờ trả kết quả"), None, None
    fields = "status", "finished_at", "result_kind", "result_reference", "result_signed_by", "desk_unit", "desk_role"
    save(dossier, *fields, "holder", "step_name", "silent_at", "apology_at", at=at)
    promises.keep(promises.promise_of(dossier.subject, PROMISE), at=at)
    Pause.objects.filter(dossier=dossier, ended_at=None).update(ended_at=at)
    in_time = at <= dossier.due_at
    if in_time:
        Apology.objects.filter(dossier=dossier, sent_at=None).update(not_needed_at=at)
    write_down(dossier, _finished_note(dossier), by=by, at=at)
    messages.tell_finished(dossier, at=at)
    publish(DossierFinished(dossier_id=dossier.pk, timeliness=timeliness_of(dossier)))


def _record_last_step(dossier: Dossier, note: str, *, by: Any, at: datetime) -> None:
    HandOver.objects.create(
        dossier=dossier,
        from_unit=dossier.desk_unit,
        to_unit=dossier.receiving_unit,
        to_role=Role.RETURN,
        step_position=dossier.step_position,
        step_name=dossier.step_name,
        step_started_at=dossier.step_started_at,
        step_due_at=dossier.step_due_at,
        timeliness=step_timeliness(dossier, at=at),
        given_by=str(by),
        given_at=at,
        note=note,
    )


def _finished_note(dossier: Dossier) -> timeline.Note:
    refused = dossier.result_kind == ResultKind.REFUSED
    words = {"reference": dossier.result_reference or _("không số"), "kind": ResultKind(dossier.result_kind).label}
    public = (
        _("Đã có văn bản trả lời không đủ điều kiện giải quyết. Mời ông/bà nhận tại nơi đã hẹn.")
        if refused
        else _("Kết quả của ông/bà đã xong.")
    )
    return timeline.Note(
        kind="finished",
        text=_("Ký kết quả: %(kind)s, số %(reference)s.") % words,
        public_text=public,
        data={"timeliness": timeliness_of(dossier)},
    )


@dataclass(frozen=True, kw_only=True)
class Collection:
    """How the result left the office. `is_applicant`: the one who filed took it."""

    channel: ReturnChannel
    collector_name: str
    is_applicant: bool = True
    collector_id: str = ""
    authorisation: str = ""
    originals_returned: str = ""
    waybill: str = ""
    home_reason: HomeReason | str = ""
    home_address: str = ""
    signature: DossierFile | None = None
    is_signed_on_paper: bool = False


@changes_dossier
def return_result(dossier: Dossier, collection: Collection, *, by: Any, at: datetime) -> None:
    """Hands the result out: at the counter, by post with its waybill, or at home with the reason."""
    rules.check_can_return(dossier, by=by)
    rules.check_return_is_proved(
        collection.channel,
        collector_id=collection.collector_id,
        authorisation=collection.authorisation,
        is_applicant=collection.is_applicant,
    )
    facts = {name: value for name, value in vars(collection).items() if name != "is_applicant"}
    ResultReturn.objects.create(dossier=dossier, by=str(by), at=at, **facts)
    dossier.status = Status.RETURNED
    dossier.returned_at = dossier.closed_at = at
    save(dossier, "status", "returned_at", "closed_at", at=at)
    HandOver.objects.filter(dossier=dossier, acknowledged_at=None).update(acknowledged_by=str(by), acknowledged_at=at)
    words = {"how": ReturnChannel(collection.channel).label, "name": collection.collector_name}
    note = timeline.Note(
        kind="returned",
        text=_("Trả kết quả %(how)s cho %(name)s.") % words,
        public_text=_("Đã trả kết quả %(how)s. Cảm ơn ông/bà.") % words,
        data={"channel": collection.channel, "home_reason": collection.home_reason},
    )
    write_down(dossier, note, by=by, at=at)
    messages.tell_returned(dossier, collection.channel, collection.waybill, at=at)
    publish(DossierReturned(dossier_id=dossier.pk, channel=collection.channel, staff_id=by.pk or 0))


@changes_dossier
def withdraw(dossier: Dossier, *, reason: str, by: Any, at: datetime) -> None:
    """The citizen takes the dossier back (form 05), as long as nothing has been decided."""
    rules.check_can_withdraw(dossier, by=by)
    take_back(dossier, reason, by=by, at=at)


def take_back(dossier: Dossier, reason: str, *, by: Any, at: datetime) -> None:
    """The dossier, under its lock, is withdrawn."""
    text = _("Người nộp rút hồ sơ: %(reason)s.") % {"reason": reason}
    public = _("Ông/bà đã rút hồ sơ. Giấy tờ được trả lại tại Bộ phận Một cửa.")
    _end(
        dossier, Status.WITHDRAWN, reason, timeline.Note(kind="withdrawn", text=text, public_text=public), by=by, at=at
    )
    messages.tell_withdrawn(dossier, reason=reason, at=at)
    publish(DossierWithdrawn(dossier_id=dossier.pk))


@changes_dossier
def stop(dossier: Dossier, *, reason: str, by: Any, at: datetime) -> None:
    """The office stops (form 05), for instance since what was missing never came."""
    rules.check_can_stop(dossier, by=by)
    text = _("Dừng giải quyết: %(reason)s.") % {"reason": reason}
    public = _("Chúng tôi đã dừng giải quyết hồ sơ: %(reason)s.") % {"reason": reason}
    _end(dossier, Status.STOPPED, reason, timeline.Note(kind="stopped", text=text, public_text=public), by=by, at=at)
    messages.tell_stopped(dossier, reason=reason, at=at)
    publish(DossierStopped(dossier_id=dossier.pk))


def _end(dossier: Dossier, status: Status, reason: str, note: timeline.Note, *, by: Any, at: datetime) -> None:
    dossier.status, dossier.closed_at, dossier.closing_reason = status, at, reason
    dossier.silent_at = dossier.apology_at = None
    save(dossier, "status", "closed_at", "closing_reason", "silent_at", "apology_at", at=at)
    Pause.objects.filter(dossier=dossier, ended_at=None).update(ended_at=at)
    dossier.agency_requests.filter(answered_at=None, cancelled_at=None).update(cancelled_at=at)
    Apology.objects.filter(dossier=dossier, sent_at=None).update(not_needed_at=at)
    for promise in Promise.objects.filter(subject=dossier.subject, kept_at=None):
        promises.drop(promise, at=at)
    write_down(dossier, note, by=by, at=at)
