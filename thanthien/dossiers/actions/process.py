"""The dossier goes from desk to desk: handed over, acknowledged, assigned, sent back, discussed with others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core import promises, timeline
from thanthien.core.enums import PromiseChangeReason
from thanthien.core.numbering import next_number
from thanthien.core.rules import Refused
from thanthien.core.writing import insert
from thanthien.dossiers import rules
from thanthien.dossiers.actions import messages
from thanthien.dossiers.actions.change import (
    STEP_FIELDS,
    changes_dossier,
    put_on_desk,
    save,
    set_apology_time,
    write_down,
)
from thanthien.dossiers.actions.receiving import PROMISE, deadline_from
from thanthien.dossiers.enums import Status, Timeliness
from thanthien.dossiers.models import Consultation, Dossier, HandOver, HandOverList
from thanthien.dossiers.queries import next_step
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import desks_of
from thanthien.procedures.queries import step_before


@changes_dossier
def finish_step(dossier: Dossier, *, note: str = "", by: Any, at: datetime) -> None:
    """Ends the step on this desk and hands the dossier over to the next one."""
    rules.check_can_finish_step(dossier, by=by)
    following = next_step(dossier)
    if following is None:
        raise Refused(_("Đây là bước cuối: hãy ghi kết quả để kết thúc hồ sơ."))
    _hand_over(dossier, following, note=note, by=by, at=at)


@changes_dossier
def send_back(dossier: Dossier, *, note: str, by: Any, at: datetime) -> None:
    """Sends the dossier back to the step before, with the reason."""
    rules.check_can_finish_step(dossier, by=by)
    before = step_before(dossier.offering, dossier.step_position)
    if before is None:
        raise Refused(_("Đây là bước đầu, không có bước nào trước để trả lại."))
    _hand_over(dossier, before, note=note, is_sent_back=True, by=by, at=at)


def _hand_over(dossier: Dossier, step: Any, *, note: str, by: Any, at: datetime, is_sent_back: bool = False) -> None:
    done, from_unit = dossier.step_name, dossier.desk_unit
    hand_over = HandOver(
        dossier=dossier,
        from_unit=from_unit,
        step_position=dossier.step_position,
        step_name=done,
        step_started_at=dossier.step_started_at,
        step_due_at=dossier.step_due_at,
        timeliness=step_timeliness(dossier, at=at),
        given_by=str(by),
        given_at=at,
        note=note,
        is_sent_back=is_sent_back,
    )
    put_on_desk(dossier, step, at=at)
    hand_over.to_unit, hand_over.to_role = dossier.desk_unit, dossier.desk_role
    insert(hand_over)
    dossier.status = Status.PROCESSING
    save(dossier, "status", *STEP_FIELDS, at=at)
    write_down(dossier, _hand_over_note(dossier, hand_over), by=by, at=at)


def _hand_over_note(dossier: Dossier, hand_over: HandOver) -> timeline.Note:
    """Says the unit only where it changes: inside one house its name, again and again, tells nobody anything."""
    leaves = hand_over.from_unit_id != dossier.desk_unit_id
    following = f"“{dossier.step_name}” ({dossier.desk_unit.name})" if leaves else f"“{dossier.step_name}”"
    words = {"step": hand_over.step_name, "next": following, "note": hand_over.note}
    if hand_over.is_sent_back:
        text = _("Trả lại bước %(next)s: %(note)s") % words
        return timeline.Note(kind="sent_back", text=text, public_text="")
    text = _("Xong bước “%(step)s”, chuyển sang %(next)s.") % words
    if hand_over.note:
        text = f"{text} {hand_over.note}"
    public = _("Đã xong “%(step)s”, nay đến %(next)s.") % words
    return timeline.Note(kind="step", text=text, public_text=public)


def step_timeliness(dossier: Dossier, *, at: datetime) -> Timeliness:
    due = dossier.step_due_at
    if due is None or at.replace(second=0, microsecond=0) < due:
        return Timeliness.EARLY
    return Timeliness.ON_TIME if at.replace(second=0, microsecond=0) == due else Timeliness.LATE


@transaction.atomic
def acknowledge(hand_over_id: int, *, by: Any, at: datetime) -> HandOver:
    """The receiver signs for the dossier. For one taken in elsewhere the clock starts here (NĐ 309/2026 Đ17.3)."""
    hand_over = HandOver.objects.select_for_update(of=("self",)).select_related("to_unit").get(pk=hand_over_id)
    rules.check_can_acknowledge(hand_over, by=by)
    hand_over.acknowledged_by, hand_over.acknowledged_at = str(by), at
    hand_over.save(update_fields=["acknowledged_by", "acknowledged_at"])
    dossier = Dossier.objects.select_related("unit", "offering").get(pk=hand_over.dossier_id)
    write_down(dossier, _acknowledged_note(hand_over), by=by, at=at)
    if dossier.receiving_unit_id != dossier.unit_id and hand_over.to_unit_id == dossier.unit_id:
        _start_clock_here(dossier, by=by, at=at)
    return hand_over


def _acknowledged_note(hand_over: HandOver) -> timeline.Note:
    """The citizen reads of it when the dossier came to another house."""
    if hand_over.from_unit_id == hand_over.to_unit_id:
        return timeline.Note(kind="acknowledged", text=_("Ký nhận hồ sơ."), public_text="")
    text = _("%(unit)s đã nhận hồ sơ.") % {"unit": hand_over.to_unit.name}
    return timeline.Note(kind="acknowledged", text=text, public_text=text)


def _start_clock_here(dossier: Dossier, *, by: Any, at: datetime) -> None:
    promise = promises.promise_of(dossier.subject, PROMISE)
    deadline = deadline_from(dossier, at=at)
    if promise.changes.exists() or deadline.due == promise.due_at:
        return
    move = promises.Move(
        due_at=deadline.due,
        reason=PromiseChangeReason.FORWARDED,
        legal_basis=_("Nghị định 309/2026/NĐ-CP Điều 17 khoản 3"),
        explanation=deadline.as_json()["explanation"],
    )
    promises.change(promise, move, by=str(by), at=at)
    dossier.due_at, dossier.received_at = deadline.due, at
    set_apology_time(dossier)
    dossier.save(update_fields=["due_at", "apology_at", "received_at"])


@changes_dossier
def assign(dossier: Dossier, *, to: Any, by: Any, at: datetime) -> None:
    """A head gives the dossier on their desk to one person who has the role for it."""
    rules.check_can_assign(dossier, by=by)
    if not to.has_role(dossier.desk_role) or dossier.desk_unit_id not in desks_of(to):
        raise Refused(
            _("%(name)s không có vai trò “%(role)s” ở đơn vị này.")
            % {"name": to.full_name, "role": Role(dossier.desk_role).label}
        )
    dossier.holder = to
    save(dossier, "holder", at=at)
    text = _("Giao cho %(name)s.") % {"name": to.full_name}
    write_down(dossier, timeline.Note(kind="assigned", text=text), by=by, at=at)


@changes_dossier
def consult(dossier: Dossier, *, unit: Any, question: str, due_at: datetime, by: Any, at: datetime) -> None:
    """Asks another unit for its opinion, with content and deadline (NĐ 61/2018 Đ19.5). The clock goes on."""
    rules.check_can_finish_step(dossier, by=by)
    asked = Consultation.objects.create(
        dossier=dossier, unit=unit, question=question, due_at=due_at, asked_by=str(by), asked_at=at
    )
    day = timezone.localtime(due_at).strftime("%d/%m/%Y %H:%M")
    text = _("Xin ý kiến %(unit)s, hạn trả lời %(day)s.") % {"unit": unit.name, "day": day}
    write_down(dossier, timeline.Note(kind="consulted", text=text, public_text=text), by=by, at=at)
    save(dossier, at=at)
    messages.tell_consulted(dossier, unit, occasion=str(asked.pk), at=at)


@transaction.atomic
def answer_consultation(consultation_id: int, *, answer: str, by: Any, at: datetime) -> Consultation:
    asked = (
        Consultation.objects.select_for_update(of=("self",)).select_related("dossier", "unit").get(pk=consultation_id)
    )
    rules.check_can_answer(asked, by=by)
    asked.answer, asked.answered_by, asked.answered_at = answer, str(by), at
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
    text = _("%(unit)s đã trả lời ý kiến.") % {"unit": asked.unit.name}
    write_down(asked.dossier, timeline.Note(kind="opinion", text=text, public_text=text), by=by, at=at)
    return asked


@transaction.atomic
def make_hand_over_list(hand_overs: Sequence[HandOver], *, to_unit: Any, by: Any, at: datetime) -> HandOverList:
    """Puts open hand-overs to one unit on one numbered list, to be printed and signed."""
    if not hand_overs or any(h.list_id for h in hand_overs):
        raise Refused(_("Chọn ít nhất một hồ sơ chưa nằm trong danh sách bàn giao nào."))
    unit = hand_overs[0].from_unit
    number = next_number(f"hand_over_list:{unit.code}:{timezone.localdate(at).year}")
    made = HandOverList.objects.create(
        unit=unit, to_unit=to_unit, number=f"{number:02d}/{timezone.localdate(at).year}/BG", by=str(by), at=at
    )
    HandOver.objects.filter(pk__in=[h.pk for h in hand_overs]).update(list=made)
    return made
