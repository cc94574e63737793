"""Documents that were handed out, and the templates of those to come."""

import base64
import logging
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from thanthien.core.documents import issuing, templates
from thanthien.core.documents.kinds import KINDS, DocumentKind
from thanthien.core.files.kinds import XLSX
from thanthien.core.forms import LONGEST_SOURCE, TemplateForm
from thanthien.core.idempotency import idempotent
from thanthien.core.rules import Refused

logger = logging.getLogger(__name__)
# The browser's own PDF viewer draws with styles of its own; a page of ours may show the PDF in a frame to print it.
PDF_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "private, no-store",
}


@require_safe
@login_required
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    return _show(request, issuing.document_for(request.user, document_id))


@require_safe
def document_by_secret(request: HttpRequest, secret: str) -> HttpResponse:
    """For whoever holds the paper: its check code carries the secret."""
    return _show(request, issuing.document_by_secret(secret))


def _show(request: HttpRequest, issued: Any) -> HttpResponse:
    return show_issued(request, issued, f"{issued.kind}-{issued.pk}")


def show_issued(request: HttpRequest, issued: Any, name: str) -> HttpResponse:
    """The stored paper, byte for byte; 410 with the reason when its file is damaged."""
    try:
        return show_pdf(issuing.read(issued), name)
    except issuing.DocumentDamaged as damage:
        logger.error("document %s: %s", issued.pk, damage)
        return render(request, "ui/refused.html", {"reason": str(damage)}, status=410)


def show_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF in the browser, to be read or printed."""
    headers = PDF_HEADERS | {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def send_workbook(content: bytes, name: str) -> HttpResponse:
    """An Excel file to keep, under this name (without its end; any letters)."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.{XLSX.extension}"}
    return HttpResponse(content, content_type=XLSX.media_type, headers=headers)


@require_safe
@login_required
def template_list(request: HttpRequest) -> HttpResponse:
    scope = _scope(request.user)
    templates.check_can_edit(scope, by=request.user)
    in_use = [(kind, templates.current_template(kind.code, scope, on=localdate())) for kind in KINDS.values()]
    return render(request, "core/template_list.html", {"in_use": in_use, "scope": scope})


@login_required
@idempotent
def edit_template(request: HttpRequest, code: str) -> HttpResponse:
    """The editor: what is in force, or `?from=` an older version (0: the built-in one) to go back to."""
    kind, scope = _kind(code), _scope(request.user)
    templates.check_can_edit(scope, by=request.user)
    start = {"source": _start(request, kind, scope), "valid_from": localdate()}
    form = TemplateForm(request.POST or None, initial=start)
    if form.is_valid() and _saved(request, form, kind, scope):
        return redirect("core:edit_template", code)
    shown = templates.preview(form["source"].value() or "", kind)
    versions = templates.versions_of(code, scope)
    page = {"form": form, "kind": kind, "scope": scope, "versions": versions, "fields": templates.fields_of(kind)}
    return render(request, "core/edit_template.html", page | _preview_names(shown), status=422 if form.errors else 200)


@require_POST
@login_required
def preview_template(request: HttpRequest, code: str) -> HttpResponse:
    """The pages beside the editor, drawn anew while somebody types."""
    kind = _kind(code)
    templates.check_can_edit(_scope(request.user), by=request.user)
    shown = templates.preview(request.POST.get("source", "")[:LONGEST_SOURCE], kind)
    return render(request, "core/_preview.html", {"kind": kind} | _preview_names(shown))


def _saved(request: HttpRequest, form: TemplateForm, kind: DocumentKind, scope: str) -> bool:
    draft = templates.Draft(kind=kind.code, unit_code=scope, **form.cleaned_data)
    try:
        saved = templates.save_version(draft, by=request.user, at=now())
    except Refused as reason:
        form.add_error("source", str(reason))
        return False
    messages.success(request, _("Đã lưu phiên bản %(version)s của mẫu.") % {"version": saved.version})
    return True


def _start(request: HttpRequest, kind: DocumentKind, scope: str) -> str:
    wanted = request.GET.get("from", "")
    if wanted == str(templates.BUILT_IN):
        return kind.source
    if wanted.isdecimal() and len(wanted) < 9:
        return templates.version_of(kind.code, scope, int(wanted)).source
    return templates.current_template(kind.code, scope, on=localdate()).source


def _preview_names(shown: templates.Preview) -> dict[str, Any]:
    return {"pages": [base64.b64encode(page).decode() for page in shown.pages], "fault": shown.fault}


def _scope(staff: Any) -> str:
    """Whose templates this person edits: the administrator everyone's (""), others their unit's."""
    return "" if staff.is_superuser else str(staff.unit.code)


def _kind(code: str) -> DocumentKind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]
