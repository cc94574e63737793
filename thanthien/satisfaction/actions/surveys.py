"""Questionnaires are made, changed by a new version, and taken in from a file."""

import json
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.text import clean
from thanthien.organisation.queries import office_of
from thanthien.satisfaction import rules
from thanthien.satisfaction.models import Survey, SurveyVersion
from thanthien.satisfaction.queries.surveys import FORMAT
from thanthien.satisfaction.rules.surveys import built_in_surveys, checked_channels, checked_content

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

BUILT_IN_BY = "Thân Thiện"
BUILT_IN_AT = datetime(2026, 11, 24, tzinfo=UTC)
LARGEST_FILE = 200_000  # bytes


def install_built_in_surveys() -> None:
    """Those that come with the house; one that changed gets a new version, answers keep theirs."""
    for told in built_in_surveys():
        facts = {"name": told["name"], "channels": told["channels"]}
        survey, _made = Survey.objects.get_or_create(code=told["code"], unit=None, defaults=facts)
        content = checked_content(told["content"])
        newest = survey.versions.order_by("-number").first()
        if newest is None or newest.content != content:
            SurveyVersion.objects.create(
                survey=survey, number=newest.number + 1 if newest else 1, content=content, made_by=BUILT_IN_BY,
                made_at=BUILT_IN_AT,
            )  # fmt: skip


@transaction.atomic
def change_survey(
    survey: Survey, content: Any, *, note: str, channels: Any, by: "Staff", at: datetime
) -> SurveyVersion:
    """Writes a new version; what was answered stays under the old one."""
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    rules.check_can_keep(survey.unit_id, by=by)
    survey.channels = checked_channels(channels)
    survey.save(update_fields=["channels"])
    return _new_version(survey, content, note, by=by, at=at)


@transaction.atomic
def copy_survey(survey: Survey, *, by: "Staff", at: datetime) -> Survey:
    """An own questionnaire of the person's office, that begins as this one."""
    newest = survey.versions.order_by("-number").first()
    assert newest is not None  # every survey is made with its first version
    copied = _new_survey(_("%(name)s (bản riêng)") % {"name": survey.name}, [], by=by)
    _new_version(copied, newest.content, _("Chép từ %(name)s") % {"name": survey.name}, by=by, at=at)
    return copied


@transaction.atomic
def set_active(survey: Survey, is_active: bool, *, by: "Staff", at: datetime) -> None:
    rules.check_can_keep(survey.unit_id, by=by)
    survey.is_active = is_active
    survey.save(update_fields=["is_active"])


@transaction.atomic
def import_survey(text: bytes, *, by: "Staff", at: datetime) -> Survey:
    """Takes in what `queries.exported` gave. Raises `Refused` with what is wrong in the file."""
    told = _read(text)
    name = clean(str(told.get("name") or ""))[:180]
    if not name:
        raise Refused(_("Tệp này không có tên phiếu."))
    survey = _new_survey(name, checked_channels(told.get("channels")), by=by)
    _new_version(survey, told.get("content"), _("Nhập từ tệp"), by=by, at=at)
    return survey


def _read(text: bytes) -> dict[str, Any]:
    if len(text) > LARGEST_FILE:
        raise Refused(_("Tệp này quá lớn, không phải tệp phiếu khảo sát."))
    try:
        told = json.loads(text.decode())
    except (ValueError, RecursionError):
        raise Refused(_("Không đọc được tệp này. Xin chọn tệp đã tải về từ trang “Phiếu khảo sát”.")) from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise Refused(_("Tệp này không phải tệp phiếu khảo sát."))
    return told


def _new_survey(name: str, channels: list[str], *, by: "Staff") -> Survey:
    rules.check_can_keep_surveys(by=by)
    return Survey.objects.create(unit=office_of(by), code=f"p-{secrets.token_hex(5)}", name=name, channels=channels)


def _new_version(survey: Survey, content: Any, note: str, *, by: "Staff", at: datetime) -> SurveyVersion:
    newest = survey.versions.order_by("-number").first()
    return SurveyVersion.objects.create(
        survey=survey, number=newest.number + 1 if newest else 1, content=checked_content(content), note=note[:300],
        made_by=str(by), made_at=at,
    )  # fmt: skip
