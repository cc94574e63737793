"""Unhappy answers: whose they are, until when, what came of them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.pages import done, form_page, read_page, try_to
from thanthien.core.rules import allows
from thanthien.people.rules import show_phone
from thanthien.satisfaction import actions, queries, rules
from thanthien.satisfaction.forms.office import CaseForm, OwnerForm
from thanthien.satisfaction.views.base import show

ROWS = 25


@read_page
def cases(request: HttpRequest) -> HttpResponse:
    is_answered = request.GET.get("xong") == "1"
    found = queries.answered_cases(request.user) if is_answered else queries.open_cases(request.user)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "satisfaction/cases.html", {"page": page, "is_answered": is_answered, "now": timezone.now()})


@form_page
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One of them; two forms, told apart by the button that was pressed."""
    found = queries.case_for(request.user, case_id)
    owners = queries.possible_owners(found.unit, found.response.officer_id)
    gives = request.POST if request.POST.get("do") == "give" else None
    owner_form = OwnerForm(gives, owners=owners, initial={"owner": str(found.owner_id or "")})
    form = CaseForm(request.POST if request.POST and not gives else None, wants_review=found.wants_review)
    act = {"by": request.user, "at": timezone.now()}
    if owner_form.is_valid() and try_to(owner_form, lambda: actions.give_to(found, owner_form.chosen, **act)):
        return done(request, _("Đã giao việc."), "satisfaction:case", case_id)
    if form.is_valid() and try_to(form, lambda: actions.settle(found, form.found, **act)):
        return done(request, _("Đã ghi kết quả. Cảm ơn anh/chị đã lắng nghe người dân."), "satisfaction:case", case_id)
    return _case_page(request, found, form, owner_form)


def _case_page(request, found, form, owner_form):  # type: ignore[no-untyped-def]
    sheet = queries.sheet(found.response.version)
    reasons = dict(sheet.reasons)
    answered = [
        (question, found.response.answers.filter(question=question.key).first()) for question in sheet.questions
    ]
    context = {
        "phone": show_phone(found.contact_phone) if found.contact_phone else "",
        "case": found, "owner_form": owner_form, "entries": timeline.entries_of(found.subject),
        "reasons": [reasons[code] for code in found.response.reasons if code in reasons],
        "answers": [(question.text, question.option(one.value)) for question, one in answered if one],
        "may_settle": allows(rules.check_can_settle, found, by=request.user),
        "state": "late" if not found.answered_at and found.due_at < timezone.now() else "ontime",
    }  # fmt: skip
    status_form = form if form.is_bound else owner_form
    response = show(request, "satisfaction/case.html", form, context)
    response.status_code = 422 if status_form.is_bound else 200
    return response
