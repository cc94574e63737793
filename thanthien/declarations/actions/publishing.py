"""Versions of forms: each begins on a day, and then never changes."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.declarations.models import DeclarationForm, DeclarationVersion
from thanthien.declarations.rules import (
    Content,
    Invalid,
    as_json,
    check_can_manage,
    check_can_publish,
    content_from,
    fingerprint_of,
)
from thanthien.procedures.queries import procedure_or_none


@transaction.atomic
def publish_version(
    procedure: Any, content: Content, *, valid_from: date, by: Any, at: datetime, note: str = ""
) -> DeclarationVersion:
    """The form of a procedure says this from a day on; the version before ends the day before. The same content again
    gives the version that is there. Raises `Refused`."""
    check_can_manage(by=by)
    is_first = not DeclarationVersion.objects.filter(form__procedure=procedure).exists()
    check_can_publish(content, valid_from, is_first=is_first, today=localdate(at))
    return write_version(procedure, content, valid_from=valid_from, by=str(by), at=at, note=note)


@transaction.atomic
def import_form(raw: Any, *, valid_from: date, by: Any, at: datetime, note: str = "") -> DeclarationVersion:
    """An exported form ({"format", "procedure", "content"}) becomes the next version of its procedure's form. Raises
    `Refused` with the first fault, also when a test of the form fails."""
    check_can_manage(by=by)
    code = raw.get("procedure") if isinstance(raw, dict) else None
    procedure = procedure_or_none(code) if isinstance(code, str) else None
    if procedure is None:
        raise Refused(_("Tệp này không phải tờ khai của một thủ tục có trong danh mục."))
    try:
        content = content_from(raw.get("content"))
    except Invalid as invalid:
        raise Refused(_("Tờ khai chưa dùng được. %(fault)s") % {"fault": invalid.faults[0]}) from None
    return publish_version(procedure, content, valid_from=valid_from, by=by, at=at, note=note)


def write_version(
    procedure: Any, content: Content, *, valid_from: date, by: str, at: datetime, note: str = ""
) -> DeclarationVersion:
    DeclarationForm.objects.get_or_create(procedure=procedure)
    form = DeclarationForm.objects.select_for_update().get(procedure=procedure)
    last = form.versions.order_by("-number").first()
    mark = fingerprint_of(content)
    if last and last.fingerprint == mark:
        return last
    if last:
        valid_from = max(valid_from, last.valid_from)
        last.valid_to = max(last.valid_from, valid_from - timedelta(days=1))
        last.save(update_fields=["valid_to"])
    return DeclarationVersion.objects.create(
        form=form,
        number=last.number + 1 if last else 1,
        valid_from=valid_from,
        content=as_json(content),
        fingerprint=mark,
        note=note,
        published_by=by,
        published_at=at,
    )
