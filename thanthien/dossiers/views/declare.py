"""The tờ khai at the counter: all groups on one page, checked again, printed to be signed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from thanthien.declarations import rules as declarations
from thanthien.dossiers import actions
from thanthien.dossiers.enums import FileKind
from thanthien.dossiers.forms.declare import checked_uploads, was_scanned, with_scans
from thanthien.dossiers.queries import DeclaredPage, declared_page, dossier_for, first_answers
from thanthien.dossiers.rules import check_can_declare
from thanthien.dossiers.views.acting import on_dossier
from thanthien.ui.declared import WholeForm


@on_dossier
def declare(request: HttpRequest, code: str) -> HttpResponse:
    dossier = dossier_for(request.user, code)
    page = declared_page(dossier)
    check_can_declare(dossier, by=request.user)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _sent(request, dossier, page)
    if page.stated:
        actions.reveal_numbers(dossier, by=request.user, at=now())
    answers = first_answers(page, dossier)
    asked = declarations.shown(page.form.content, answers)
    return _show(request, dossier, page, WholeForm(page.form.content.groups, answers, asked=asked))


def _sent(request: HttpRequest, dossier: Any, page: DeclaredPage) -> HttpResponse:
    content, at, before = page.form.content, now(), first_answers(page, dossier)
    data, faults = with_scans(request.POST)
    asked = declarations.shown(content, before)
    form = WholeForm(content.groups, before, asked=asked, data=data, files=request.FILES)
    told = declarations.cleaned(content, before | form.answers())
    scanned = was_scanned(request.POST)
    form.settle(declarations.shown(content, told), [] if scanned else declarations.check(content, told, localdate(at)))
    files = checked_uploads(form)
    if scanned or not form.is_done or (form.warnings and "accept" not in data):
        return _show(request, dossier, page, form, faults)
    with transaction.atomic():
        actions.declare(dossier, actions.Declared(version=page.form.pk, answers=told), by=request.user, at=at)
        actions.attach_files(dossier, files, FileKind.PAPER, by=request.user, at=at)
    messages.success(request, _("Đã lưu tờ khai. Xin in để người dân đọc lại và ký."))
    return redirect("dossiers:detail", dossier.code)


def _show(
    request: HttpRequest, dossier: Any, page: DeclaredPage, form: WholeForm, faults: list[str] | None = None
) -> HttpResponse:
    names = {"dossier": dossier, "declared": page, "form": form, "faults": faults or []}
    names["needs_consent"] = form.warnings and not form.has_errors
    status = 422 if form.has_errors or names["needs_consent"] or faults else 200
    response = render(request, "dossiers/declare.html", names, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
