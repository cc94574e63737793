"""Apology owed: opened before the promise breaks, closed only by being sent (NĐ 61/2018 Đ19.9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core import promises, timeline
from thanthien.core.enums import PromiseChangeReason
from thanthien.core.events import publish
from thanthien.core.numbering import next_number
from thanthien.core.rules import Refused
from thanthien.core.working_time import working_hours_between
from thanthien.dossiers import rules
from thanthien.dossiers.actions import messages
from thanthien.dossiers.actions.change import calendar_of, locked, save, set_apology_time, write_down
from thanthien.dossiers.actions.receiving import PROMISE
from thanthien.dossiers.enums import RUNNING, DelayCause
from thanthien.dossiers.events import ApologyOwed, ApologySent
from thanthien.dossiers.models import Apology, Dossier

LEGAL_BASIS = "Nghị định 61/2018/NĐ-CP Điều 19 khoản 9"


def open_owed_apologies(*, at: datetime) -> int:
    """Opens the task of every dossier whose promise is about to break; run each minute, answers how many it opened."""
    due = Dossier.objects.filter(status__in=sorted(RUNNING), apology_at__lte=at, apology=None)
    opened = 0
    for dossier_id in due.values_list("pk", flat=True)[:500]:
        opened += _owe(dossier_id, at=at)
    return opened


@transaction.atomic
def _owe(dossier_id: int, *, at: datetime) -> bool:
    dossier = locked(dossier_id)
    apology, is_new = Apology.objects.get_or_create(
        dossier=dossier,
        defaults={"unit": dossier.unit, "owed_at": at, "old_due_at": dossier.due_at, "answerable": dossier.holder},
    )
    if is_new:
        text = _("Sắp lỡ hẹn: cần phiếu xin lỗi và ngày hẹn mới.")
        timeline.append(dossier.subject, timeline.Note(kind="apology_owed", text=text), by=_("Hệ thống"), at=at)
        publish(ApologyOwed(dossier_id=dossier.pk))
    return is_new


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What form 04 says: why, in whose hands it was, and the new date."""

    cause: DelayCause
    text: str
    answerable: Any
    new_due_at: datetime


@transaction.atomic
def draft_apology(apology: Apology, draft: Draft, *, by: Any, at: datetime) -> Apology:
    apology = _locked(apology)
    rules.check_can_draft_apology(apology, by=by)
    check_new_date(apology.dossier, draft.new_due_at, at=at)
    apology.cause, apology.cause_text, apology.answerable = draft.cause, draft.text, draft.answerable
    apology.new_due_at, apology.drafted_by, apology.drafted_at = draft.new_due_at, str(by), at
    apology.save()
    note = _("Soạn phiếu xin lỗi: %(cause)s.") % {"cause": DelayCause(draft.cause).label}
    write_down(apology.dossier, timeline.Note(kind="apology_drafted", text=note), by=by, at=at)
    return apology


def check_new_date(dossier: Dossier, new_due_at: datetime, *, at: datetime) -> None:
    """The new date lies ahead, after the old one, in opening hours; and it may be the first such change only.

    A dossier that was finished late meanwhile needs no new date any more: its apology is only said.
    """
    if dossier.finished_at:
        return
    if new_due_at <= max(at, dossier.due_at):
        raise Refused(_("Ngày hẹn mới phải sau ngày hẹn cũ và sau lúc này."))
    calendar = calendar_of(dossier)
    if not calendar.is_working_day(timezone.localdate(new_due_at)):
        raise Refused(_("Ngày hẹn mới rơi vào ngày nghỉ. Vui lòng chọn ngày làm việc."))
    if not working_hours_between(calendar, new_due_at - timedelta(minutes=1), new_due_at):
        raise Refused(_("Giờ hẹn mới nằm ngoài giờ làm việc."))
    if promises.has_extension(promises.promise_of(dossier.subject, PROMISE)):
        raise Refused(_("Hồ sơ đã được hẹn lại một lần. Pháp luật không cho hẹn lại lần thứ hai."))


@transaction.atomic
def sign_apology(apology: Apology, *, by: Any, at: datetime) -> Apology:
    apology = _locked(apology)
    rules.check_can_sign_apology(apology, by=by)
    year = timezone.localdate(at).year
    apology.number = f"{next_number(f'apology:{apology.unit.code}:{year}'):02d}/PXL"
    apology.signed_by, apology.signed_at = str(by), at
    apology.save()
    note = _("Ký phiếu xin lỗi số %(number)s.") % {"number": apology.number}
    write_down(apology.dossier, timeline.Note(kind="apology_signed", text=note), by=by, at=at)
    return apology


@transaction.atomic
def send_apology(apology: Apology, *, by: Any, at: datetime) -> Apology:
    """Sends it: the promise moves to the new date (once), the citizen is told and sees it on the tracking page."""
    apology = _locked(apology)
    rules.check_can_send_apology(apology, by=by)
    dossier = locked(apology.dossier_id)
    if not dossier.finished_at:
        _move_promise(dossier, apology, by=by, at=at)
    apology.sent_at = at
    apology.save(update_fields=["sent_at"])
    write_down(dossier, _sent_note(dossier, apology), by=by, at=at)
    messages.tell_apology(dossier, apology, at=at)
    publish(ApologySent(dossier_id=dossier.pk, new_due_at=apology.new_due_at.isoformat()))
    return apology


def _move_promise(dossier: Dossier, apology: Apology, *, by: Any, at: datetime) -> None:
    move = promises.Move(
        due_at=apology.new_due_at,
        reason=PromiseChangeReason.EXTENSION,
        note=f"{DelayCause(apology.cause).label}. {apology.cause_text}".strip(),
        legal_basis=LEGAL_BASIS,
    )
    promises.change(promises.promise_of(dossier.subject, PROMISE), move, by=str(by), at=at)
    dossier.due_at = apology.new_due_at
    set_apology_time(dossier)
    save(dossier, "due_at", "apology_at", at=at)


def _sent_note(dossier: Dossier, apology: Apology) -> timeline.Note:
    when = timezone.localtime(dossier.finished_at or apology.new_due_at)
    words = {
        "cause": DelayCause(apology.cause).label,
        "text": apology.cause_text,
        "day": when.strftime("%d/%m/%Y"),
        "time": when.strftime("%H:%M"),
    }
    sorry = _("Chúng tôi xin lỗi ông/bà vì chậm trả kết quả (%(cause)s). %(text)s") % words
    if dossier.finished_at:
        text = _("Gửi phiếu xin lỗi; kết quả đã có từ %(time)s ngày %(day)s (%(cause)s).") % words
        then = _("Kết quả đã có từ %(time)s ngày %(day)s.") % words
    else:
        text = _("Gửi phiếu xin lỗi, hẹn lại %(time)s ngày %(day)s (%(cause)s).") % words
        then = _("Hẹn lại %(time)s ngày %(day)s.") % words
    return timeline.Note(kind="apology", text=text, public_text=f"{sorry} {then}")


def _locked(apology: Apology) -> Apology:
    related = "dossier__unit", "dossier__receiving_unit", "dossier__desk_unit", "unit"
    return Apology.objects.select_for_update(of=("self",)).select_related(*related).get(pk=apology.pk)
