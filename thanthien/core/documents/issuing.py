"""Handing out a document: drawn once, stored, never made again."""

import hashlib
import logging
import os
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from thanthien.core.documents.compiler import DocumentError, TemplateFault, prepare, render
from thanthien.core.documents.data import Form
from thanthien.core.documents.kinds import KINDS
from thanthien.core.documents.templates import BUILT_IN, Template, current_template
from thanthien.core.models import IssuedDocument

logger = logging.getLogger(__name__)
ReaderCheck = Callable[[Any, IssuedDocument], bool]
_readers: dict[str, ReaderCheck] = {}


class DocumentDamaged(DocumentError):
    """The stored file is gone or is not what was handed out."""


def issue(  # noqa: PLR0913  (each is a column of the record)
    kind: str, *, subject: str, unit_code: str, data: Form, by: Any, at: datetime, number: str = ""
) -> IssuedDocument:
    """Draws the form with the template in force, stores it under an unguessable name and remembers its hash.

    `subject` is such as "dossier:123"; `number` is the letterhead's when it is not given. Raises `FontMissing`. Takes
    some 20 ms: call it outside the transaction that took a number. Rolled back, it leaves a file nothing points to.
    """
    secret = secrets.token_urlsafe(24)
    plain = prepare(data.as_data())
    template = current_template(kind, unit_code, on=localtime(at).date())
    pdf, version = _draw(kind, template, plain | {"check_qr_text": address(secret)}, at)
    return IssuedDocument.objects.create(
        kind=kind, number=number or data.letterhead.number, subject=subject, unit_code=unit_code, data=plain,
        template_version=version, pdf_path=_store(pdf, at), sha256=hashlib.sha256(pdf).hexdigest(), issued_at=at,
        issued_by=str(by), secret=secret,
    )  # fmt: skip


def draft(kind: str, *, unit_code: str, data: Form, at: datetime) -> bytes:
    """The same paper to read before it is signed: marked as a draft on each page, neither numbered nor kept."""
    template = current_template(kind, unit_code, on=localtime(at).date())
    return _draw(kind, template, data.as_data() | {"draft": True}, at)[0]


def _draw(kind: str, template: Template, data: dict[str, Any], at: datetime) -> tuple[bytes, int]:
    """The PDF and the version it was made with. The citizen gets their paper even when an edited template fails on
    data that its sample did not have: then the built-in one is used, and the log says so."""
    moment = localtime(at)
    try:
        return render(template.source, data, timestamp=moment), template.version
    except TemplateFault:
        if template.version == BUILT_IN:
            raise
        logger.exception("template %s version %s failed, the built-in one was used", kind, template.version)
        return render(KINDS[kind].source, data, timestamp=moment), BUILT_IN


def _store(pdf: bytes, at: datetime) -> str:
    path = default_storage.save(f"documents/{localtime(at):%Y/%m}/{secrets.token_hex(16)}.pdf", ContentFile(pdf))
    _make_lasting(path)
    return path


def _make_lasting(path: str) -> None:
    """Writes the file to the disk now: it cannot be made again after a power cut. (Storages elsewhere do it alone.)"""
    try:
        local = default_storage.path(path)
    except NotImplementedError:
        return
    for target in (local, os.path.dirname(local)):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read(document: IssuedDocument) -> bytes:
    """The PDF as it was handed out. Raises `DocumentDamaged`."""
    try:
        with default_storage.open(document.pdf_path) as file:
            pdf: bytes = file.read()
    except FileNotFoundError as error:
        raise DocumentDamaged(_("Không còn tệp của giấy này trong kho. Hãy khôi phục từ bản sao lưu.")) from error
    if hashlib.sha256(pdf).hexdigest() != document.sha256:
        raise DocumentDamaged(_("Tệp của giấy này đã bị thay đổi so với lúc cấp. Hãy khôi phục từ bản sao lưu."))
    return pdf


def address(secret: str) -> str:
    """Where whoever holds the paper sees the original: the content of its check code."""
    return f"{settings.SITE_URL}{reverse('core:document_by_secret', args=[secret])}"


def documents_of(subject: str) -> QuerySet[IssuedDocument]:
    """What was handed out about a subject, newest first."""
    return IssuedDocument.objects.filter(subject=subject)


def let_read(subject_kind: str, check: ReaderCheck) -> None:
    """A room says who else may read documents about its subjects: `let_read("dossier", check)` for "dossier:123"."""
    _readers[subject_kind] = check


def may_read(document: IssuedDocument, staff: Any) -> bool:
    """The unit that issued it, the administrator, and whom the subject's room lets in."""
    if staff.is_superuser or document.unit_code == staff.unit.code:
        return True
    check = _readers.get(document.subject.partition(":")[0])
    return bool(check and check(staff, document))


def document_for(staff: Any, document_id: int) -> IssuedDocument:
    """A document that this person may read; another unit's is not found."""
    document = IssuedDocument.objects.filter(pk=document_id).first()
    if document is None or not may_read(document, staff):
        raise Http404
    return document


def document_by_secret(secret: str) -> IssuedDocument:
    """The document of the person who holds its paper."""
    document = IssuedDocument.objects.filter(secret=secret).first()
    if document is None:
        raise Http404
    return document
