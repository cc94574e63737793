"""The editor of a flow. Every change is a step of the draft; citizens see it once it is brought into use."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from thanthien.core.pages import action, form_page, read_page
from thanthien.core.rules import Refused
from thanthien.guidance import actions, queries, rules
from thanthien.guidance.forms import AdviceForm, FrameForm, KeepTestForm, OutcomeForm, QuestionForm
from thanthien.guidance.rules import editing
from thanthien.guidance.views.base import kept, show
from thanthien.organisation.queries import front_unit


@form_page
def begin(request: HttpRequest) -> HttpResponse:
    staff: Any = request.user
    rules.check_can_manage(by=staff)
    form = FrameForm(request.POST or None)
    if form.is_valid():
        told = form.facts
        try:
            flow = actions.begin_flow(told["title"], told["life_event"], by=staff, at=now())
            return redirect("guidance:edit", flow.code)
        except Refused as refusal:
            form.add_error("title", str(refusal))
    return render(request, "guidance/begin.html", {"form": form}, status=422 if form.errors else 200)


@read_page
def edit(request: HttpRequest, code: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    faults = queries.fault_lines(working)
    return show(request, "edit", working, lines=queries.question_lines(working.content), faults=faults)


@read_page
def endings(request: HttpRequest, code: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    names = {"ends": queries.outcome_lines(working.content), "counsel": queries.advice_lines(working.content)}
    return show(request, "endings", working, **names)


@read_page
def tree(request: HttpRequest, code: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    return show(request, "tree", working, node=queries.tree_of(working.content))


@read_page
def test_list(request: HttpRequest, code: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    return show(request, "test_list", working, lines=queries.test_lines(working))


@read_page
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """What was in use before, and what each version changed."""
    staff: Any = request.user
    working = queries.working_on(staff, code)
    return show(request, "versions", working, lines=queries.versions_of(working))


# ---- one thing -----------------------------------------------------------------------------------------------
@form_page
def frame(request: HttpRequest, code: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    flow = working.content
    start = {"title": flow.title, "lead": flow.lead, "life_event": flow.life_event, "icon": flow.icon}
    form = FrameForm(request.POST or None, initial=start, auto_id="edit_%s")
    if kept(request, working, form, lambda: (replace(flow, **form.facts), _("sửa tên, lời dẫn."))):
        return redirect("guidance:edit", code)
    return show(request, "part", working, form=form, heading=_("Tên, lời dẫn"), back="edit")


@form_page
def add_question(request: HttpRequest, code: str) -> HttpResponse:
    return _question(request, code, None)


@form_page
def change_question(request: HttpRequest, code: str, question_code: str) -> HttpResponse:
    return _question(request, code, question_code)


def _question(request: HttpRequest, code: str, question_code: str | None) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    flow = working.content
    found = next((one for one in flow.questions if one.code == question_code), None)
    if question_code and found is None:
        raise Http404
    form = QuestionForm(request.POST or None, content=flow, question=found, after=request.GET.get("sau", ""))

    def change() -> tuple[Any, str]:
        made, said = form.made(), _("sửa câu hỏi «%(words)s».") if found else _("thêm câu hỏi «%(words)s».")
        return editing.with_question(flow, made), said % {"words": made.text}

    if kept(request, working, form, change):
        return redirect(f"{reverse('guidance:edit', args=[code])}#question-{form.made().code}")
    return show(request, "part", working, form=form, heading=found.text if found else _("Câu hỏi mới"), back="edit")


@form_page
def outcome(request: HttpRequest, code: str, place: int) -> HttpResponse:
    """Place 0: a new one."""
    return _ending(request, code, place, ("outcomes", OutcomeForm))


@form_page
def advice(request: HttpRequest, code: str, place: int) -> HttpResponse:
    return _ending(request, code, place, ("advice", AdviceForm))


def _ending(request: HttpRequest, code: str, place: int, what: tuple[str, Any]) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    kind, form_class = what
    items = getattr(working.content, kind)
    if place > len(items):
        raise Http404
    item, after = (items[place - 1] if place else None), request.GET.get("sau", "")
    form = form_class(request.POST or None, content=working.content, item=item, after=after)
    said = _("sửa thủ tục, lời dặn.") if item else _("thêm thủ tục, lời dặn.")
    if kept(request, working, form, lambda: (editing.with_item(working.content, kind, place, form.made()), said)):
        return redirect("guidance:endings", code)
    heading = _("Thủ tục cần làm") if kind == "outcomes" else _("Lời dặn")
    return show(request, "part", working, form=form, heading=heading, back="endings")


# ---- the buttons ---------------------------------------------------------------------------------------------
PAGES = ("edit", "endings", "tests", "publish", "versions")


@action
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Moves, removes, undoes, discards; back to the page of the button."""
    staff: Any = request.user
    working = queries.working_on(staff, code)
    order, token = request.POST.get("do", ""), request.POST.get("token", "")
    page = request.POST.get("page", "")
    try:
        if order == "discard":
            stays = actions.discard_draft(working.flow, token=token, by=staff, at=now())
            messages.success(request, _("Đã bỏ bản đang soạn. Luồng đang dùng giữ nguyên."))
            return redirect("guidance:edit", code) if stays else redirect("guidance:manage")
        _carry_out(request, working, order, token)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"guidance:{page if page in PAGES else 'edit'}", code)


def _carry_out(request: HttpRequest, working: Any, order: str, token: str) -> None:
    if order == "undo":
        said = actions.undo_change(working.flow, token=token, by=request.user, at=now())
        messages.success(request, _("Đã hoàn tác: %(said)s") % {"said": said})
        return
    verb, _space, number = order.partition(" ")
    if verb == "return" and number.isascii() and number.isdigit():
        actions.return_to_version(working.flow, int(number[:6]), token=token, by=request.user, at=now())
        return
    content, said = editing.carried_out(working.content, order)
    actions.change_draft(working.flow, actions.Step(content, said, token), by=request.user, at=now())


# ---- trying, bringing into use -------------------------------------------------------------------------------
@form_page
def try_out(request: HttpRequest, code: str) -> HttpResponse:
    """Walks through the draft as citizens would; where it ends, the way may be kept as a test."""
    staff: Any = request.user
    working = queries.working_on(staff, code)
    flow, kept_answers = working.content, rules.answered(working.content, request.GET)
    form = KeepTestForm(request.POST or None)
    if kept(request, working, form, lambda: _as_test(flow, form, kept_answers)):
        messages.success(request, _("Đã giữ bài kiểm tra."))
        return redirect("guidance:tests", code)
    question = rules.next_question(flow, kept_answers)
    names: dict[str, Any] = {"turns": queries.turns(flow, kept_answers), "question": question, "keep": form}
    given = question.answers if question else ()
    names["links"] = [(one, queries.address_of(kept_answers | {question.code: one.code})) for one in given if question]
    names["ending"] = None if question else queries.ending(flow, kept_answers, front_unit())
    return show(request, "try", working, **names)


def _as_test(flow: Any, form: KeepTestForm, answers: dict[str, str]) -> tuple[Any, str]:
    name = form.cleaned_data["test_name"]
    said = _("giữ bài kiểm tra «%(words)s».") % {"words": name}
    return editing.with_test(flow, rules.recorded(flow, name, answers)), said


@form_page
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What changed, what its tests say; then citizens walk through it."""
    staff: Any = request.user
    working = queries.working_on(staff, code)
    fault = ""
    if request.method == "POST":
        try:
            actions.publish_draft(working.flow, token=request.POST.get("token", ""), by=staff, at=now())
            messages.success(request, _("Người dân dùng luồng mới từ bây giờ."))
            return redirect("guidance:manage")
        except Refused as refusal:
            fault = str(refusal)
    faults = queries.fault_lines(working)
    response = show(request, "publish", working, faults=faults, fault=fault)
    response.status_code = 422 if fault else 200
    return response
