"""Versions of the printed forms: the built-in file, or what an administrator made of it, in force from a day on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from thanthien.core.documents.compiler import DocumentError, TemplateFault
from thanthien.core.documents.faults import explain
from thanthien.core.documents.kinds import KINDS, DocumentKind
from thanthien.core.documents.sandbox import draw
from thanthien.core.models import DocumentTemplate
from thanthien.core.rules import Refused

BUILT_IN = 0
SAMPLE_CHECK = "https://vidu.vn/giay-to/xem/mau"
OUTSIDE_PACKAGE = re.compile(r"@(preview|local)\b")


@dataclass(frozen=True, kw_only=True)
class Template:
    """A template in force: its source and version (0: the built-in one) and whose it is ("": everyone's)."""

    source: str
    version: int = BUILT_IN
    unit_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Pages as PNG, or the reason why there are none, in Vietnamese."""

    pages: tuple[bytes, ...] = ()
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A new version as an administrator hands it in. `unit_code` "" is for every unit."""

    kind: str
    source: str
    valid_from: date
    unit_code: str = ""
    note: str = ""


def current_template(kind: str, unit_code: str, *, on: date) -> Template:
    """The newest version in force that day: the unit's own, else everyone's, else the built-in file."""
    found = (
        DocumentTemplate.objects.filter(kind=kind, unit_code__in={unit_code, ""}, valid_from__lte=on)
        .order_by("-unit_code", "-version")
        .first()
    )
    if found is None:
        return Template(source=KINDS[kind].source)
    return Template(source=found.source, version=found.version, unit_code=found.unit_code)


def versions_of(kind: str, unit_code: str) -> QuerySet[DocumentTemplate]:
    """All versions that one unit (or "" for everyone) has made, newest first."""
    return DocumentTemplate.objects.filter(kind=kind, unit_code=unit_code).order_by("-version")


def version_of(kind: str, unit_code: str, version: int) -> DocumentTemplate:
    return get_object_or_404(DocumentTemplate, kind=kind, unit_code=unit_code, version=version)


def preview(source: str, kind: DocumentKind) -> Preview:
    """The sample of that kind, drawn with this source."""
    if OUTSIDE_PACKAGE.search(source):
        return Preview(fault=_("Mẫu không được dùng gói ở ngoài."))
    data = kind.sample().as_data() | {"check_qr_text": SAMPLE_CHECK}
    try:
        return Preview(pages=tuple(draw(source, data)))
    except TemplateFault as error:
        return Preview(fault=explain(error.fault))
    except DocumentError as error:
        return Preview(fault=str(error))


def fields_of(kind: DocumentKind) -> list[tuple[str, str]]:
    """What a template of that kind may print: names as it writes them, with the sample's values."""
    return list(_named("data", kind.sample().as_data()))


def _named(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _named(f"{name}.{key}", part)
    elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        yield from _named(f"{name}.first()", value[0])
    else:
        yield name, ", ".join(value) if isinstance(value, list | tuple) else str("" if value is None else value)


def check_can_edit(unit_code: str, *, by: Any) -> None:
    """Everyone's templates belong to the administrator of the installation, a unit's to its own administrator."""
    if by.is_superuser or ("unit_admin" in by.roles and unit_code and unit_code == by.unit.code):
        return
    raise Refused(_("Ông/bà chỉ sửa được mẫu giấy tờ của đơn vị mình khi có vai trò quản trị đơn vị."))


def save_version(draft: Draft, *, by: Any, at: datetime) -> DocumentTemplate:
    """One more version; older ones stay. Refused when the sample cannot be drawn with it."""
    check_can_edit(draft.unit_code, by=by)
    if fault := preview(draft.source, KINDS[draft.kind]).fault:
        raise Refused(fault)
    newest = versions_of(draft.kind, draft.unit_code).first()
    if newest and (newest.source, newest.valid_from, newest.note) == (draft.source, draft.valid_from, draft.note):
        return newest  # the form was sent twice
    try:
        with transaction.atomic():
            return DocumentTemplate.objects.create(
                kind=draft.kind, unit_code=draft.unit_code, version=newest.version + 1 if newest else 1,
                source=draft.source, note=draft.note, valid_from=draft.valid_from, created_by=str(by), created_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("Có người vừa lưu một phiên bản khác của mẫu này. Ông/bà hãy mở lại trang rồi lưu.")) from error
