"""The form of an offering with the visual editor of its internal process."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thanthien.core.idempotency import idempotent
from thanthien.core.rules import Refused
from thanthien.organisation.queries import office_of
from thanthien.procedures import queries
from thanthien.procedures.actions import change_offering, offer_procedure, withdraw_offering
from thanthien.procedures.forms import Errors, OfferingForm, ProcessForms, limit_key
from thanthien.procedures.rules import OfferingTerms, check_can_change_offering, check_can_offer

SAVE = "save"


@login_required
@idempotent
def offer(request: HttpRequest, code: str) -> HttpResponse:
    """Takes a procedure of the catalogue into the unit's list."""
    staff: Any = request.user
    unit, procedure = office_of(staff), queries.procedure_for(code)
    check_can_offer(unit, procedure, by=staff)
    version = _current(procedure)
    terms = queries.suggested_terms(version)
    rows = [_row_of(step) for step in queries.suggested_steps(terms.committed)]
    page = _Page(request, unit, version, _initial(terms), rows)
    if page.is_ready() and page.saved(
        lambda terms, steps: offer_procedure(unit, procedure, terms, steps, **_who(request))
    ):
        messages.success(request, _("Đã đưa thủ tục vào danh mục của %(unit)s.") % {"unit": unit.name})
        return redirect("procedures:detail", code)
    return page.shown(offering=None)


@login_required
@idempotent
def change(request: HttpRequest, offering_id: int) -> HttpResponse:
    """Changes terms and process; what was received before keeps the old ones."""
    staff: Any = request.user
    offering = queries.offering_of(offering_id)
    check_can_change_offering(offering, by=staff)
    rows = [_row_of(step) for step in queries.steps_of(offering)]
    page = _Page(request, offering.unit, _current(offering.procedure), _initial(queries.terms_of(offering)), rows)
    if page.is_ready() and page.saved(lambda *wanted: change_offering(offering, *wanted, **_who(request))):
        messages.success(request, _("Đã lưu. Hồ sơ nhận từ hôm nay theo cam kết và quy trình mới."))
        return redirect("procedures:detail", offering.procedure.code)
    return page.shown(offering=offering)


@login_required
@require_POST
@idempotent
def withdraw(request: HttpRequest, offering_id: int) -> HttpResponse:
    offering = queries.offering_of(offering_id)
    withdraw_offering(offering, **_who(request))
    messages.success(request, _("Đã đưa thủ tục ra khỏi danh mục. Hồ sơ đang giải quyết vẫn tiếp tục."))
    return redirect("procedures:detail", offering.procedure.code)


class _Page:
    """The two forms of the page, and what the pressed button asks for."""

    def __init__(self, request: HttpRequest, unit: Any, version: Any, terms: dict[str, Any], rows: list[Any]) -> None:
        self.request, self.unit, self.version = request, unit, version
        self.agencies = queries.agencies_for(unit)
        limits = queries.statutory_limits(version)
        self.deed = request.POST.get("do", SAVE)
        if request.method != "POST":
            self.form = OfferingForm(initial=terms, limits=limits)
            self.process = ProcessForms(rows, self.agencies)
            return
        self.form = OfferingForm(request.POST, limits=limits)
        self.process = ProcessForms.posted(request.POST, self.agencies)
        if self.deed != SAVE:
            self.form = OfferingForm(initial=self.form.typed, limits=limits)
            self.process = self.process.after(self.deed)

    def is_ready(self) -> bool:
        """Both forms are checked, so that all errors show at once."""
        asked = self.request.method == "POST" and self.deed == SAVE
        return asked and all([self.form.is_valid(), self.process.is_valid()])

    def saved(self, act: Any) -> bool:
        """Whether the action took it; its refusal stands on top of the form."""
        units = queries.agencies_by_id(self.unit, self.process.unit_keys)
        try:
            act(self.form.terms, self.process.drafts(units))
        except Refused as reason:
            self.form.add_error(None, str(reason))
            return False
        return True

    def shown(self, offering: Any) -> HttpResponse:
        context = {"unit": self.unit, "version": self.version, "offering": offering, "form": self.form}
        context["errors"] = Errors(self.form, self.process)
        bar = self.process.bar(self.form.committed)
        context |= {"rows": list(zip(self.process.forms, bar.shares, strict=True)), "bar": bar}
        wrong = self.form.errors or any(form.errors for form in self.process.forms)
        return render(self.request, "procedures/offer.html", context, status=422 if wrong else 200)


def _current(procedure: Any) -> Any:
    version = queries.version_in_force(procedure)
    if version is None:
        raise Http404
    return version


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": now()}


def _row_of(step: Any) -> dict[str, Any]:
    return {"name": step.name, "role": step.role, "amount": step.amount, "unit": str(step.unit.pk) if step.unit else ""}


def _initial(terms: OfferingTerms) -> dict[str, Any]:
    facts = asdict(terms)
    return facts | {"statutory": limit_key(terms.statutory) if terms.statutory else ""}
