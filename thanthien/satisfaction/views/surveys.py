"""Questionnaires: the list, the editor with its preview, out into a file and in from one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.pages import action, done, form_page, read_page, try_to
from thanthien.core.rules import Refused, allows
from thanthien.satisfaction import actions, queries, rules
from thanthien.satisfaction.forms.editor import (
    Levels,
    Questions,
    ScaleForm,
    SurveyForm,
    content_from,
    initial_of,
    levels_of,
    with_scale,
)
from thanthien.satisfaction.forms.sheet import CitizenSheetForm
from thanthien.satisfaction.rules.surveys import checked_content, sheet_of


@form_page
def surveys(request: HttpRequest) -> HttpResponse:
    """The list; a file that is sent here becomes an own questionnaire."""
    rules.check_can_keep_surveys(by=request.user)
    fault = ""
    if request.method == "POST":
        try:
            file = request.FILES.get("file")
            made = actions.import_survey(file.read() if file else b"", by=request.user, at=timezone.now())
            return done(request, _("Đã nhập phiếu."), "satisfaction:survey", made.code)
        except Refused as refusal:
            fault = str(refusal)
    context = {"surveys": queries.surveys_seen_by(request.user), "fault": fault}
    return render(request, "satisfaction/surveys.html", context, status=422 if fault else 200)


@form_page
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The editor; `do=look` shows what was typed without keeping it."""
    rules.check_can_keep_surveys(by=request.user)
    found = queries.survey_for(request.user, code)
    newest = queries.newest_of(found)
    frame = {name: newest.content[name].get("vi", "") for name in ("title", "intro", "thanks")}
    form = SurveyForm(request.POST or None, initial=frame | {"channels": found.channels})
    rows = Questions(request.POST or None, initial=initial_of(newest.content))
    context = {"survey": found, "version": newest, "form": form, "rows": rows}
    context["may_change"] = allows(rules.check_can_keep, found.unit_id, by=request.user)
    if request.POST and form.is_valid() and rows.is_valid():
        content = content_from(form, rows, newest.content)
        if request.POST.get("do") == "look":
            context["preview"] = _previewed(form, content)
        elif _changed(request, found, form, content):
            return done(request, _("Đã lưu bản mới của phiếu."), "satisfaction:survey", code)
    return render(request, "satisfaction/survey.html", context, status=422 if request.POST else 200)


@form_page
def scale(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The own scale of one question; `do=look` shows what was typed without keeping it."""
    rules.check_can_keep_surveys(by=request.user)
    found = queries.survey_for(request.user, code)
    rules.check_can_keep(found.unit_id, by=request.user)
    newest = queries.newest_of(found)
    question = queries.question_of(newest, key)
    look, levels = levels_of(question)
    form = ScaleForm(request.POST or None, initial={"look": look})
    rows = Levels(request.POST or None, initial=levels)
    context = {"survey": found, "question": question, "form": form, "rows": rows}
    if request.POST and form.is_valid() and rows.is_valid():
        content = with_scale(newest.content, key, form, rows)
        if request.POST.get("do") == "look":
            context["preview"] = _previewed(form, content | {"questions": _only(content, key)})
        elif _changed(request, found, form, content):
            return done(request, _("Đã lưu thang trong bản mới của phiếu."), "satisfaction:survey", code)
    return render(request, "satisfaction/scale.html", context, status=422 if request.POST else 200)


def _only(content, key):  # type: ignore[no-untyped-def]
    return [one | {"overall": True} for one in content["questions"] if one["key"] == key]


def _changed(request, found, form, content):  # type: ignore[no-untyped-def]
    said = form.cleaned_data
    channels = said.get("channels", found.channels)
    words = {"note": said["note"], "channels": channels, "by": request.user, "at": timezone.now()}
    return try_to(form, lambda: actions.change_survey(found, content, **words))


def _previewed(form, content):  # type: ignore[no-untyped-def]
    """The form as people would see it; None, with the reason in the editor, when it cannot be one."""
    try:
        sheet = sheet_of(checked_content(content))
    except Refused as reason:
        form.add_error(None, str(reason))
        return None
    return CitizenSheetForm(sheet=sheet, has_dossier=True)


@read_page
def preview(request: HttpRequest, code: str) -> HttpResponse:
    rules.check_can_keep_surveys(by=request.user)
    found = queries.survey_for(request.user, code)
    sheet = queries.sheet(queries.newest_of(found))
    context = {"survey": found, "sheet": sheet, "form": CitizenSheetForm(sheet=sheet, has_dossier=True)}
    return render(request, "satisfaction/preview.html", context)


@read_page
def export(request: HttpRequest, code: str) -> HttpResponse:
    rules.check_can_keep_surveys(by=request.user)
    found = queries.survey_for(request.user, code)
    disposition = f'attachment; filename="{found.code}.json"'
    return HttpResponse(
        queries.exported(found), content_type="application/json", headers={"Content-Disposition": disposition}
    )


@action
def copy(request: HttpRequest, code: str) -> HttpResponse:
    made = actions.copy_survey(queries.survey_for(request.user, code), by=request.user, at=timezone.now())
    return done(request, _("Đã chép thành phiếu riêng của đơn vị."), "satisfaction:survey", made.code)
