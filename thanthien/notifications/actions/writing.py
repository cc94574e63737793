"""An administrator changes a text, or says how the unit writes to people."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.notifications import rules
from thanthien.notifications.enums import Channel, Situation
from thanthien.notifications.models import MessageTemplate, UnitChannels
from thanthien.notifications.queries.texts import versions_of
from thanthien.notifications.rules.texts import check_text


@dataclass(frozen=True, kw_only=True)
class TextDraft:
    """A new version of a text. `unit_code` "" is for every unit; only e-mail has a title."""

    situation: Situation
    channel: Channel
    body: str
    note: str
    title: str = ""
    unit_code: str = ""


def save_text(draft: TextDraft, *, by: Any, at: datetime) -> MessageTemplate:
    """One more version; older ones stay, and messages that were written stay as they are. Refused when it has a place
    that is not filled in this situation."""
    rules.check_can_edit_texts(draft.unit_code, by=by)
    for text in (draft.title, draft.body):
        check_text(draft.situation, text)
    newest = versions_of(draft.unit_code, draft.situation, draft.channel).first()
    if newest and (newest.title, newest.body, newest.note) == (draft.title, draft.body, draft.note):
        return newest  # the form was sent twice
    try:
        with transaction.atomic():
            return MessageTemplate.objects.create(
                version=newest.version + 1 if newest else 1, created_by=str(by), created_at=at, **vars(draft)
            )
    except IntegrityError as error:
        raise Refused(_("Có người vừa lưu một phiên bản khác của mẫu này. Ông/bà hãy mở lại trang rồi lưu.")) from error


@dataclass(frozen=True, kw_only=True)
class ChannelChoice:
    """Both ends of the quiet hours, or None for those of the installation."""

    sms: bool
    zalo: bool
    email: bool
    email_first: bool
    plain_sms: bool
    quiet_from: time | None = None
    quiet_to: time | None = None


def set_channels(unit_code: str, choice: ChannelChoice, *, by: Any, at: datetime) -> UnitChannels:
    rules.check_can_set_channels(unit_code, by=by)
    if not (choice.sms or choice.zalo or choice.email):
        raise Refused(_("Cần giữ ít nhất một kênh, nếu không người dân không nhận được tin nào."))
    facts = vars(choice) | {"updated_by": str(by), "updated_at": at}
    row, _made = UnitChannels.objects.update_or_create(unit_code=unit_code, defaults=facts)
    return row
