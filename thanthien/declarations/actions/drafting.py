"""Working on the next version of a form: step by step, undone step by step, published when it passes its tests."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core import drafts
from thanthien.core.rules import Refused
from thanthien.declarations.actions.publishing import publish_version
from thanthien.declarations.models import DeclarationForm, DeclarationVersion
from thanthien.declarations.rules import (
    Content,
    as_json,
    check_can_be_kept,
    check_can_manage,
    check_hangs_together,
    draft_from,
)
from thanthien.declarations.rules.editing import first_content


@dataclass(frozen=True)
class Step:
    """A change: the whole content after it, what was done as a sentence, the token of the page it was done on."""

    content: Content
    said: str
    token: str


@transaction.atomic
def begin_form(procedure: Any, *, by: Any, at: datetime) -> DeclarationForm:
    """A form for a procedure that has none: it asks who asks. Nobody sees it before it is published."""
    check_can_manage(by=by)
    form, is_new = DeclarationForm.objects.get_or_create(procedure=procedure)
    if not is_new:
        raise Refused(_("Thủ tục này đã có tờ khai; xin mở tờ khai ấy để sửa."))
    content = first_content(f"Tờ khai {procedure.name[:1].lower()}{procedure.name[1:]}")
    draft = drafts.draft_of(form.subject, base="")
    drafts.take_step(form.subject, as_json(content), said=_("Bắt đầu tờ khai mới."), draft=draft, by=by, at=at)
    return form


@transaction.atomic
def change_draft(form: DeclarationForm, step: Step, *, by: Any, at: datetime) -> None:
    """Raises `drafts.Stale` when somebody else changed the draft since the page with this token was shown."""
    check_can_manage(by=by)
    check_can_be_kept(step.content)
    draft = _locked(form, step.token)
    drafts.take_step(form.subject, as_json(step.content), said=step.said, draft=draft, by=by, at=at)


@transaction.atomic
def undo_change(form: DeclarationForm, *, token: str, by: Any, at: datetime) -> str:
    """Says what was undone; the draft is as before. A form that was never published keeps its first step."""
    check_can_manage(by=by)
    draft = _locked(form, token)
    if draft.steps == 1 and not draft.base:
        raise Refused(_("Đây là bước đầu của tờ khai mới, không có gì để hoàn tác."))
    return drafts.undo_step(form.subject)


@transaction.atomic
def discard_draft(form: DeclarationForm, *, token: str, by: Any, at: datetime) -> bool:
    """What is in use stays. A form that was never published is gone with its draft: then False."""
    check_can_manage(by=by)
    _locked(form, token)
    drafts.forget(form.subject)
    if form.versions.exists():
        return True
    form.delete()
    return False


@transaction.atomic
def publish_draft(
    form: DeclarationForm, *, valid_from: date, note: str, token: str, by: Any, at: datetime
) -> DeclarationVersion:
    """The draft becomes the next version. Raises `Refused` while it does not hang together or fails a test."""
    check_can_manage(by=by)
    draft = _locked(form, token)
    if draft.content is None:
        raise Refused(_("Chưa có thay đổi nào để công bố."))
    content = draft_from(draft.content)
    check_hangs_together(content)
    version = publish_version(form.procedure, content, valid_from=valid_from, by=by, at=at, note=note)
    drafts.forget(form.subject)
    return version


def _locked(form: DeclarationForm, token: str) -> drafts.Draft:
    DeclarationForm.objects.select_for_update().get(pk=form.pk)
    draft = drafts.draft_of(form.subject, base=form.base)
    drafts.check_not_stale(draft, token)
    return draft
