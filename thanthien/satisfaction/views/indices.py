"""The nine indices of TT 01/2018/TT-VPCP: the officer sees first, may note and contest."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.pages import done, form_page, try_to
from thanthien.core.rules import allows
from thanthien.satisfaction import actions, queries, rules
from thanthien.satisfaction.enums import RemarkKind
from thanthien.satisfaction.forms.office import PeriodForm, RemarkAnswerForm, RemarkForm
from thanthien.satisfaction.views.base import show

MOST_SHOWN, MOST_DOSSIERS = 60, 200


@form_page
def indices(request: HttpRequest) -> HttpResponse:
    rules.check_can_read_results(by=request.user)
    form = PeriodForm(request.POST or None, initial=_last_quarter(timezone.localdate()))
    made: list = []  # type: ignore[type-arg]
    act = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and try_to(form, lambda: made.append(actions.assess(**form.cleaned_data, **act))):
        return done(request, _("Đã tính chỉ số của kỳ."), "satisfaction:assessment", made[0].pk)
    found = queries.assessments_seen_by(request.user, at=timezone.now())[:MOST_SHOWN]
    may_assess = allows(rules.check_can_keep_surveys, by=request.user)
    return show(request, "satisfaction/indices.html", form, {"assessments": found, "may_assess": may_assess})


def _last_quarter(today: date) -> dict[str, date]:
    this = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last = this - timedelta(days=1)
    return {"first": date(last.year, last.month - 2, 1), "last": last}


@form_page
def assessment(request: HttpRequest, assessment_id: int) -> HttpResponse:
    found = queries.assessment_for(request.user, assessment_id, at=timezone.now())
    actions.note_seen(found, by=request.user, at=timezone.now())
    form, answer_form = _remark_forms(request)
    act = {"by": request.user, "at": timezone.now()}
    if form.is_bound and form.is_valid():
        kind, text = RemarkKind(form.cleaned_data["kind"]), form.cleaned_data["text"]
        if try_to(form, lambda: actions.remark(found, kind, text, **act)):
            return done(request, _("Đã ghi lời của anh/chị."), "satisfaction:assessment", assessment_id)
    if answer_form.is_bound and answer_form.is_valid():
        given = queries.remark_of(found, int(request.POST["remark"]))
        if try_to(answer_form, lambda: actions.answer_remark(given, answer_form.cleaned_data["answer"], **act)):
            return done(request, _("Đã trả lời."), "satisfaction:assessment", assessment_id)
    return _assessment_page(request, found, form, answer_form)


def _remark_forms(request: HttpRequest) -> tuple[RemarkForm, RemarkAnswerForm]:
    answers = request.POST.get("remark", "").isdecimal()
    sent = request.POST or None
    return RemarkForm(None if answers else sent), RemarkAnswerForm(sent if answers else None)


def _assessment_page(request, found, form, answer_form):  # type: ignore[no-untyped-def]
    handled = queries.handled_by(found.unit, found.first, found.last)
    own = [one for one in handled if one.officer_id == found.staff_id] if found.staff_id else handled
    context = {
        "assessment": found, "indices": queries.indices_of(found), "answer_form": answer_form,
        "dossiers": queries.points_of_dossiers(own[:MOST_DOSSIERS]), "more": max(0, len(own) - MOST_DOSSIERS),
        "may_remark": allows(rules.check_can_remark, found, by=request.user),
        "may_answer": allows(rules.check_can_keep_surveys, by=request.user) and found.staff_id != request.user.pk,
    }  # fmt: skip
    response = show(request, "satisfaction/assessment.html", form, context)
    response.status_code = 422 if form.is_bound or answer_form.is_bound else 200
    return response
