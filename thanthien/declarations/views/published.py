"""Forms for who keeps them: all of them, tried out, taken out and in whole."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanthien.core.idempotency import idempotent
from thanthien.core.rules import Refused
from thanthien.declarations import actions, queries, rules
from thanthien.declarations.forms import ImportForm
from thanthien.ui.declared import WholeForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def forms(request: HttpRequest) -> HttpResponse:
    """The list, and a file that comes in."""
    staff: Any = request.user
    cards, tomorrow = queries.forms_for(staff), localdate() + timedelta(days=1)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, tomorrow=tomorrow)
    if sent and form.is_valid():
        told = form.cleaned_data
        day, note = told["valid_from"], told["note"]
        try:
            taken = actions.import_form(told["file"], valid_from=day, note=note, by=staff, at=now())
            return redirect("declarations:preview", taken.form.procedure.code)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "declarations/list.html", {"cards": cards, "form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
@idempotent
def load(request: HttpRequest) -> HttpResponse:
    staff: Any = request.user
    rules.check_can_manage(by=staff)
    count = actions.load_starting_forms(by=str(staff), at=now())
    messages.success(request, _("Đã nạp %(count)s tờ khai có sẵn.") % {"count": count})
    return redirect("declarations:list")


@login_required
@require_safe
def export(request: HttpRequest, code: str, number: int) -> HttpResponse:
    staff: Any = request.user
    found = next((one for one in queries.versions_for(staff, code) if one.number == number), None)
    if found is None:
        raise Http404
    response = JsonResponse(queries.exported(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="to-khai-{code}-{number}.json"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The form as people meet it; what is typed here is checked and kept nowhere."""
    staff: Any = request.user
    versions = queries.versions_for(staff, code)
    content = queries.as_declaration(versions[0]).content
    data = request.POST if request.method == "POST" else None
    form = WholeForm(content.groups, {}, asked=rules.shown(content, {}), data=data)
    if data is not None:
        told = rules.cleaned(content, form.answers())
        form.settle(rules.shown(content, told), rules.check(content, told, localdate()))
    names = {"form": form, "content": content, "versions": versions, "tests": rules.run_tests(content)}
    names["passed"] = form.is_done
    return render(request, "declarations/preview.html", names, status=422 if form.has_errors else 200)
