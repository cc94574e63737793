"""The counter: choose a procedure, take a dossier in (or guide, or refuse), hand the slip over."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from thanthien.core.documents import qr
from thanthien.core.idempotency import idempotent_hot
from thanthien.core.rules import allows
from thanthien.core.slots import facts_for
from thanthien.core.working_time import summary
from thanthien.dossiers import actions
from thanthien.dossiers.forms.receive import ReceiveForm
from thanthien.dossiers.forms.receive_lists import fees_of_copies as fees_of_rows
from thanthien.dossiers.forms.receive_lists import typed_copies
from thanthien.dossiers.queries import (
    counter_list,
    declared_page,
    dossier_for,
    due_if_received,
    guidance_for,
    offering_at_counter,
    time_limit_of,
    units_served_here,
)
from thanthien.dossiers.queries.lookup import tracking_address
from thanthien.dossiers.rules import check_can_declare, check_can_receive
from thanthien.ui.words import money

LONGEST_KEY = 19


@login_required
@require_safe
def receive(request: HttpRequest) -> HttpResponse:
    """Which procedure: those that this person receives most come first and have a number key."""
    check_can_receive(by=request.user)
    asked = request.GET.get("unit", "")
    unit_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < LONGEST_KEY else 0
    rows = counter_list(request.user, at=timezone.now(), unit_id=unit_id)
    names = {"rows": rows, "units": units_served_here(request.user), "unit_id": unit_id}
    return render(request, "dossiers/receive.html", names)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent_hot
def receive_procedure(request: HttpRequest, offering_id: int) -> HttpResponse:
    offering, today = offering_at_counter(request.user, offering_id), timezone.localdate()
    if request.method != "POST":
        check_can_receive(by=request.user)
        form = ReceiveForm(offering, today=today, case=request.GET.get("case", ""))
        form.initial |= facts_for("dossiers.receive", request, offering)  # who stands at the counter, if it is known
        return _page(request, offering, form)
    form = ReceiveForm(offering, request.POST, today=today)
    if form.is_only_shown or not form.is_valid():
        return _page(request, offering, form)
    return VERBS[form.verb](request, form)


def _page(request: HttpRequest, offering: Any, form: ReceiveForm) -> HttpResponse:
    deadline, limit = due_if_received(offering, at=timezone.now()), time_limit_of(offering)
    sentences = [summary(deadline, limit)]
    names = {"offering": offering, "form": form, "deadline": deadline, "sentences": sentences, "limit": str(limit)}
    return render(request, "dossiers/receive_procedure.html", names, status=422 if form.errors else 200)


@login_required
@require_safe
def fee_of_copies(request: HttpRequest, offering_id: int) -> HttpResponse:
    """What the copies typed so far will cost, in words for the page: `?copy-1-pages=3&copy-1-copies=2…`."""
    offering = offering_at_counter(request.user, offering_id)
    fees = fees_of_rows(offering, typed_copies(request.GET), method="", receipt="")
    total = sum(fee.amount for fee in fees)
    return JsonResponse({"text": _("Tổng phí: %(total)s") % {"total": money(total)} if total else ""})


def _receive(request: HttpRequest, form: ReceiveForm) -> HttpResponse:
    dossier = actions.receive_dossier(form.intake(), by=request.user, at=timezone.now())
    _warn(request, form)
    return redirect("dossiers:received", dossier.code)


def _immediate(request: HttpRequest, form: ReceiveForm) -> HttpResponse:
    reference = form.cleaned_data["result_reference"]
    dossier = actions.record_immediate(form.intake(), result_reference=reference, by=request.user, at=timezone.now())
    _warn(request, form)
    return redirect("dossiers:received", dossier.code)


@transaction.atomic
def _supplement(request: HttpRequest, form: ReceiveForm) -> HttpResponse:
    """Taken down without being accepted, with form 02 for what is missing."""
    staff, at, values = request.user, timezone.now(), form.cleaned_data
    dossier = actions.register_dossier(form.intake(), by=staff, at=at)
    actions.request_supplement(
        dossier,
        papers=form.missing,
        reason=values["supplement_reason"],
        legal_basis=values["legal_basis"],
        by=staff,
        at=at,
    )
    return redirect("dossiers:received", dossier.code)


@transaction.atomic
def _refuse(request: HttpRequest, form: ReceiveForm) -> HttpResponse:
    """Taken down and refused at once, with form 03."""
    staff, at, values = request.user, timezone.now(), form.cleaned_data
    dossier = actions.register_dossier(form.intake(), by=staff, at=at)
    actions.deny_dossier(dossier, reason=values["refusal_reason"], text=values["refusal_text"], by=staff, at=at)
    return redirect("dossiers:received", dossier.code)


def _guide(request: HttpRequest, form: ReceiveForm) -> HttpResponse:
    guidance = actions.record_guidance(form.guidance(), by=request.user, at=timezone.now())
    return redirect("dossiers:guided", guidance.pk)


VERBS: dict[str, Callable[[HttpRequest, ReceiveForm], HttpResponse]] = {
    "receive": _receive,
    "immediate": _immediate,
    "supplement": _supplement,
    "refuse": _refuse,
    "guide": _guide,
}


def _warn(request: HttpRequest, form: ReceiveForm) -> None:
    """What looked odd is said once more beside the slip; it was received all the same."""
    for warning in form.warnings():
        messages.warning(request, _("Đã nhận, nhưng xin xem lại: %(text)s") % {"text": warning.text})


@login_required
@require_safe
def received(request: HttpRequest, code: str) -> HttpResponse:
    """The slip on the screen: the promise large, the code, what to do next."""
    dossier = dossier_for(request.user, code)
    names = {
        "dossier": dossier,
        "picture": b64encode(qr(tracking_address(dossier)).encode()).decode(),
        "declared": declared_page(dossier) if allows(check_can_declare, dossier, by=request.user) else None,
    }
    return render(request, "dossiers/received.html", names)


@login_required
@require_safe
def guided(request: HttpRequest, guidance_id: int) -> HttpResponse:
    guidance = guidance_for(request.user, guidance_id)
    return render(request, "dossiers/guided.html", {"guidance": guidance})
