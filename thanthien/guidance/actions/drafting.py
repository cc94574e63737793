"""Working on a flow: step by step, undone step by step, brought into use when it passes its tests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core import drafts
from thanthien.core.reading import Invalid, code_from
from thanthien.core.rules import Refused
from thanthien.guidance.actions.flows import keep_version
from thanthien.guidance.models import Flow
from thanthien.guidance.rules import (
    FlowContent,
    check_can_be_kept,
    check_can_manage,
    check_can_use,
    draft_from,
    faults_of,
    flow_as_json,
)
from thanthien.guidance.rules.editing import first_flow
from thanthien.procedures.enums import LifeEvent


@dataclass(frozen=True)
class Step:
    """A change: the whole flow after it, what was done as a sentence, the token of the page it was done on."""

    content: FlowContent
    said: str
    token: str


@transaction.atomic
def begin_flow(title: str, life_event: LifeEvent, *, by: Any, at: datetime) -> Flow:
    """A flow that nobody sees before it is brought into use."""
    check_can_manage(by=by)
    code = code_from(title, set(Flow.objects.values_list("code", flat=True)), "luong")
    told = {"content": {}, "is_shown": False, "changed_by": str(by), "changed_at": at}
    flow, is_new = Flow.objects.get_or_create(code=code, defaults=told)
    if not is_new:
        raise Refused(_("Đã có luồng cùng tên; xin mở luồng ấy để sửa, hoặc đặt tên khác."))
    first = first_flow(title, life_event)
    check_can_be_kept(first)
    content = flow_as_json(first)
    draft = drafts.draft_of(flow.subject, base="")
    drafts.take_step(flow.subject, content, said=_("Bắt đầu luồng mới."), draft=draft, by=by, at=at)
    return flow


@transaction.atomic
def change_draft(flow: Flow, step: Step, *, by: Any, at: datetime) -> None:
    """Raises `drafts.Stale` when somebody else changed the draft since the page with this token was shown."""
    check_can_manage(by=by)
    check_can_be_kept(step.content)
    draft = _locked(flow, step.token)
    drafts.take_step(flow.subject, flow_as_json(step.content), said=step.said, draft=draft, by=by, at=at)


@transaction.atomic
def undo_change(flow: Flow, *, token: str, by: Any, at: datetime) -> str:
    """Says what was undone. A flow that was never in use keeps its first step."""
    check_can_manage(by=by)
    draft = _locked(flow, token)
    if draft.steps == 1 and not draft.base:
        raise Refused(_("Đây là bước đầu của luồng mới, không có gì để hoàn tác."))
    return drafts.undo_step(flow.subject)


@transaction.atomic
def discard_draft(flow: Flow, *, token: str, by: Any, at: datetime) -> bool:
    """What is in use stays. A flow that was never in use is gone with its draft: then False."""
    check_can_manage(by=by)
    _locked(flow, token)
    drafts.forget(flow.subject)
    if flow.content:
        return True
    flow.delete()
    return False


@transaction.atomic
def publish_draft(flow: Flow, *, token: str, by: Any, at: datetime) -> None:
    """The draft is what citizens walk through from now on. Raises `Refused` while it does not hang together or fails a
    test. A new flow is shown; one that was hidden stays hidden."""
    check_can_manage(by=by)
    draft = _locked(flow, token)
    if draft.content is None:
        raise Refused(_("Chưa có thay đổi nào để đưa ra dùng."))
    content = draft_from(draft.content)
    if faults := faults_of(content):
        raise Refused(_("Luồng chưa dùng được. %(fault)s") % {"fault": faults[0]})
    check_can_use(content)
    flow.is_shown = flow.is_shown or not flow.content
    flow.content, flow.changed_by, flow.changed_at = flow_as_json(content), str(by), at
    flow.save(update_fields=["is_shown", "content", "changed_by", "changed_at"])
    keep_version(flow)
    drafts.forget(flow.subject)


@transaction.atomic
def return_to_version(flow: Flow, number: int, *, token: str, by: Any, at: datetime) -> None:
    """An earlier version becomes a step of the draft: it is looked at, tried and brought into use like any change."""
    version = flow.versions.filter(number=number).first()
    if version is None:
        raise Refused(_("Luồng này không có phiên bản ấy."))
    try:
        content = draft_from(version.content)
    except Invalid:
        raise Refused(_("Phiên bản này do bản phần mềm cũ ghi, không mở lại được.")) from None
    said = _("quay lại phiên bản %(number)s.") % {"number": number}
    change_draft(flow, Step(content, said, token), by=by, at=at)


def _locked(flow: Flow, token: str) -> drafts.Draft:
    flow.refresh_from_db(from_queryset=Flow.objects.select_for_update())
    draft = drafts.draft_of(flow.subject, base=flow.base)
    drafts.check_not_stale(draft, token)
    return draft
