"""What citizens do to their own dossier from its tracking page: complete it, take it back, choose the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thanthien.core.idempotency import View, idempotent
from thanthien.core.rules import Refused
from thanthien.core.words import as_the_office_writes
from thanthien.dossiers.actions import choose_way_back, due_if_answered, withdraw_own
from thanthien.dossiers.rules import check_can_answer_supplement, check_can_choose_way_back, check_can_take_back
from thanthien.filing import actions
from thanthien.filing.forms.deeds import WithdrawForm
from thanthien.filing.forms.steps import ConsentsForm, ReturnForm
from thanthien.filing.queries import last_consents, steps_of
from thanthien.filing.views.drafting import remember
from thanthien.filing.views.proved import on_own_dossier


def _page(view: View) -> View:
    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(idempotent(on_own_dossier(view))))


def _by(dossier: Any) -> str:
    with as_the_office_writes():
        return _("%(name)s, trực tuyến") % {"name": dossier.applicant_name}


def _back(dossier: Any) -> HttpResponse:
    return redirect("portal:tracking", dossier.code, dossier.secret)


@_page
def supplement(request: HttpRequest, dossier: Any) -> HttpResponse:
    """What is missing, why, and which date would hold; then the draft of the answer."""
    check_can_answer_supplement(dossier)
    if request.method == "POST":
        begun = actions.begin_supplement(dossier, at=now())
        address = redirect("filing:step", begun.draft.ref, steps_of(begun.draft)[0].code)
        return remember(address, begun.draft.ref, begun.key)
    new_due = due_if_answered(dossier, at=now()) if dossier.received_at else None
    return render(request, "filing/supplement.html", {"dossier": dossier, "new_due": new_due})


@_page
def withdraw(request: HttpRequest, dossier: Any) -> HttpResponse:
    check_can_take_back(dossier)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        withdraw_own(dossier, reason=form.cleaned_data["reason"], by=_by(dossier), at=now())
        messages.success(request, _("Ông/bà đã rút hồ sơ. Giấy tờ đã nộp được trả lại tại Bộ phận Một cửa."))
        return _back(dossier)
    return render(
        request, "filing/withdraw.html", {"dossier": dossier, "form": form}, status=422 if form.errors else 200
    )


@_page
def way_back(request: HttpRequest, dossier: Any) -> HttpResponse:
    check_can_choose_way_back(dossier)
    said = {"channel": dossier.return_channel, "reason": dossier.return_reason, "address": dossier.return_address}
    form = ReturnForm(None, request.POST or None, today=localdate())
    form.initial = said
    if form.is_valid():
        try:
            choose_way_back(dossier, form.way(dossier.address), by=_by(dossier), at=now())
            messages.success(request, _("Đã ghi cách nhận kết quả ông/bà chọn."))
            return _back(dossier)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "filing/way_back.html", {"dossier": dossier, "form": form}, status=422 if form.errors else 200
    )


@_page
def consents(request: HttpRequest, dossier: Any) -> HttpResponse:
    """What was agreed to, to be given or taken back at any time."""
    form = ConsentsForm(None, request.POST if request.method == "POST" else None, today=localdate())
    form.initial = last_consents(dossier)
    if form.is_valid():
        changed = actions.change_mind(dossier, form.cleaned_data, at=now())
        messages.success(request, _("Đã ghi %(count)s thay đổi.") % {"count": changed})
        return _back(dossier)
    return render(request, "filing/consents.html", {"dossier": dossier, "form": form})
