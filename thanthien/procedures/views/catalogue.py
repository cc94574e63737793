"""The national catalogue, one procedure, its versions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from thanthien.core.idempotency import idempotent
from thanthien.core.rules import allows
from thanthien.organisation.queries import office_of
from thanthien.procedures import queries
from thanthien.procedures.actions import set_version_policy
from thanthien.procedures.forms import FilterForm, PolicyForm
from thanthien.procedures.rules import check_can_change, check_can_set_policy
from thanthien.procedures.views.offerings import page_of


@login_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    staff: Any = request.user
    unit = office_of(staff)
    form = FilterForm(request.GET, sectors=[(str(sector.pk), sector.name) for sector in queries.sectors()])
    page = page_of(queries.catalogue_rows(**form.chosen), request)
    context = {"form": form, "page": page, "offered": queries.offered_ids(unit)}
    return render(request, "procedures/catalogue.html", context)


@login_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about a procedure: what the law says, and what this unit promises."""
    staff: Any = request.user
    unit, procedure = office_of(staff), queries.procedure_for(code)
    current = queries.version_in_force(procedure)
    offering = queries.offering_for(unit, code)
    context = {
        "procedure": procedure,
        "version": current,
        "versions": list(queries.versions_of(procedure).defer("content")),
        "may_change": allows(check_can_change, unit, by=staff),
        "record": queries.record_of(current) if current else None,
        "offered": queries.offered_row(offering) if offering else None,
        "steps": queries.step_lines(offering, queries.steps_of(offering)) if offering else [],
    }
    return render(request, "procedures/detail.html", context)


@login_required
@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return _version_page(request, code, number)


@login_required
@require_POST
@idempotent
def policy(request: HttpRequest, code: str, number: int) -> HttpResponse:
    staff: Any = request.user
    shown, _before = _pair(code, number)
    form = PolicyForm(request.POST)
    if not form.is_valid():
        return _version_page(request, code, number, form)
    set_version_policy(shown, **form.cleaned_data, by=staff, at=now())
    messages.success(request, _("Đã lưu cách tính của phiên bản %(number)s.") % {"number": number})
    return redirect("procedures:version", code, number)


def _version_page(request: HttpRequest, code: str, number: int, form: PolicyForm | None = None) -> HttpResponse:
    shown, before = _pair(code, number)
    start = {"supplement_policy": shown.supplement_policy, "is_immediate": shown.is_immediate}
    context = {
        "version": shown,
        "before": before,
        "changes": queries.differences(before, shown) if before else [],
        "form": form or PolicyForm(initial=start),
        "may_set": shown.valid_to is None and allows(check_can_set_policy, shown, by=request.user),
        "record": queries.record_of(shown),
    }
    return render(request, "procedures/version.html", context, status=422 if form and form.errors else 200)


def _pair(code: str, number: int) -> tuple[Any, Any]:
    """A version and the one before it (None for the first); 404 when it is not there."""
    versions = {one.number: one for one in queries.versions_of(queries.procedure_for(code))}
    if number not in versions:
        raise Http404
    return versions[number], versions.get(number - 1)
