"""The draft as people meet it: filled in, checked, printed, kept as a test; and published."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from thanthien.core.documents import issuing
from thanthien.core.pages import form_page
from thanthien.core.rules import Refused
from thanthien.core.views import PDF_HEADERS
from thanthien.declarations import actions, queries, rules
from thanthien.declarations.forms import KeepTestForm, PublishForm
from thanthien.declarations.rules import Content
from thanthien.declarations.rules.editing import with_test
from thanthien.declarations.views.base import kept, show
from thanthien.ui.declared import WholeForm


def whole_form(content: Content, answers: Mapping[str, Any], data: Any = None, files: Any = None) -> WholeForm:
    """With `data`, checked as on the day of today."""
    sent = {"data": data, "files": files} if data is not None else {}
    form = WholeForm(content.groups, answers, asked=rules.shown(content, answers), **sent)
    if data is not None:
        told = rules.cleaned(content, form.answers())
        form.settle(rules.shown(content, told), rules.check(content, told, localdate()))
    return form


def one_group(content: Content, code: str) -> WholeForm:
    """A group by itself, with all its questions, also those that wait for an answer elsewhere."""
    groups = [group for group in content.groups if group.code == code]
    return WholeForm(groups, {}, asked=[field.code for group in groups for field in group.fields])


@form_page
def try_out(request: HttpRequest, code: str) -> HttpResponse:
    """`?test=` fills the answers of a test in, `?phone=1` is as narrow as a phone."""
    staff: Any = request.user
    working = queries.working_on(staff, code)
    data, do = (request.POST or None), request.POST.get("do", "")
    form = whole_form(working.content, _answers_of_test(working, request.GET.get("test", "")), data, request.FILES)
    told = rules.cleaned(working.content, form.answers()) if data else {}
    keep = KeepTestForm(data if do == "keep" else None)
    if do == "print":
        return _printed(working.content, told)
    if do == "keep" and kept(request, working, keep, lambda: _as_test(working.content, keep, told)):
        messages.success(request, _("Đã giữ bài kiểm tra."))
        return redirect("declarations:tests", code)
    names = {"form": form, "keep": keep, "is_phone": request.GET.get("phone") == "1"}
    return show(request, "try", working, passed=form.is_done if data else False, **names)


def _answers_of_test(working: Any, place: str) -> Mapping[str, Any]:
    tests = working.content.tests
    is_place = place.isascii() and place.isdigit() and 0 < int(place[:6]) <= len(tests)
    return tests[int(place) - 1].answers if is_place else {}


def _as_test(content: Content, keep: KeepTestForm, told: dict[str, Any]) -> tuple[Content, str]:
    name = keep.cleaned_data["test_name"]
    told = json.loads(json.dumps(told).replace("\\u0000", ""))  # PostgreSQL keeps no null characters
    test = rules.recorded(content, name, told, localdate())
    return with_test(content, test), _("giữ bài kiểm tra «%(words)s».") % {"words": name}


def _printed(content: Content, told: dict[str, Any]) -> HttpResponse:
    pdf = issuing.draft("declaration", unit_code="", data=queries.trial_sheet(content, told), at=now())
    headers = PDF_HEADERS | {"Content-Disposition": 'inline; filename="to-khai-in-thu.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@form_page
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What changed, what its tests say, from when it counts."""
    staff: Any = request.user
    working = queries.working_on(staff, code)
    first = localdate() + timedelta(days=1 if working.last else 0)
    form = PublishForm(request.POST or None, first=first)
    if form.is_valid() and _published(request, working, form):
        messages.success(request, _("Đã công bố phiên bản mới của tờ khai."))
        return redirect("declarations:preview", code)
    return show(request, "publish", working, form=form, faults=queries.fault_lines(working))


def _published(request: HttpRequest, working: Any, form: PublishForm) -> bool:
    day, note, token = form.cleaned_data["valid_from"], form.cleaned_data["note"], request.POST.get("token", "")
    try:
        actions.publish_draft(working.form, valid_from=day, note=note, token=token, by=request.user, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
