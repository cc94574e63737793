"""The editor of a form: its outline, and a page for each thing that is changed. Every change is a step of the draft."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from thanthien.core.drafts import Stale
from thanthien.core.pages import action, form_page, read_page
from thanthien.core.rules import Refused
from thanthien.declarations import actions, queries
from thanthien.declarations.enums import Kind
from thanthien.declarations.forms import FrameForm, GroupOfFieldsForm, QuestionForm, RuleForm
from thanthien.declarations.queries.outline import KINDS, outline_of, rule_lines, test_lines, users_of_thing
from thanthien.declarations.rules import editing
from thanthien.declarations.rules.orders import carried_out
from thanthien.declarations.views.base import kept, show
from thanthien.declarations.views.trying import one_group, whole_form
from thanthien.procedures.queries import procedure_for


@form_page
def begin(request: HttpRequest) -> HttpResponse:
    """Finds a procedure without a form and begins one."""
    staff: Any = request.user
    if request.method == "POST":
        form = actions.begin_form(procedure_for(request.POST.get("code", "")), by=staff, at=now())
        return redirect("declarations:edit", form.procedure.code)
    text = request.GET.get("q", "")[:200]
    found = queries.procedures_without_form(staff, text)
    return render(request, "declarations/begin.html", {"found": found, "text": text})


@read_page
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The outline, and beside it the form as it is on a phone."""
    staff: Any = request.user
    working = queries.working_on(staff, code)
    names = {"groups": outline_of(working.content), "phone": whole_form(working.content, {})}
    return show(request, "edit", working, **names)


@read_page
def rule_list(request: HttpRequest, code: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    return show(request, "rule_list", working, lines=rule_lines(working.content))


@read_page
def test_list(request: HttpRequest, code: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    return show(request, "test_list", working, lines=test_lines(working))


# ---- one thing -----------------------------------------------------------------------------------------------
@form_page
def frame(request: HttpRequest, code: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    form = FrameForm(request.POST or None, content=working.content)
    if kept(request, working, form, lambda: (form.made(), _("sửa phần đầu tờ khai."))):
        return redirect("declarations:edit", code)
    return show(request, "part", working, form=form, heading=_("Tên, căn cứ, lời cam đoan"))


@form_page
def add_group(request: HttpRequest, code: str) -> HttpResponse:
    return _group(request, code, None)


@form_page
def change_group(request: HttpRequest, code: str, group_code: str) -> HttpResponse:
    return _group(request, code, group_code)


def _group(request: HttpRequest, code: str, group_code: str | None) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    group = _found(working.content.group(group_code)) if group_code else None
    form = GroupOfFieldsForm(request.POST or None, content=working.content, group=group)

    def change() -> tuple[Any, str]:
        made, said = form.made(), _("sửa nhóm «%(words)s».") if group else _("thêm nhóm «%(words)s».")
        return editing.with_group(working.content, made), said % {"words": made.title}

    if kept(request, working, form, change):
        return redirect(f"{reverse('declarations:edit', args=[code])}#group-{form.made().code}")
    return show(request, "part", working, form=form, heading=group.title if group else _("Nhóm mới"))


@read_page
def kinds(request: HttpRequest, code: str, group_code: str = "", field_code: str = "") -> HttpResponse:
    """Which kind of answer? For a new question, or for one that gets another kind."""
    staff: Any = request.user
    working = queries.working_on(staff, code)
    if field_code:
        field = _found(working.content.fields.get(field_code))
        address = reverse("declarations:change_field", args=[code, field_code])
        tiles = [(tile, f"{address}?kind={tile.kind}") for tile in KINDS]
        return show(request, "kinds", working, tiles=tiles, heading=field.label)
    group = _found(working.content.group(group_code))
    tiles = [(tile, reverse("declarations:add_field", args=[code, group.code, tile.kind])) for tile in KINDS]
    return show(request, "kinds", working, tiles=tiles, heading=_("Câu hỏi mới"), group=group)


@form_page
def add_field(request: HttpRequest, code: str, group_code: str, kind: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    _found(working.content.group(group_code))
    return _field(request, working, None, kind, group_code)


@form_page
def change_field(request: HttpRequest, code: str, field_code: str) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    field = _found(working.content.fields.get(field_code))
    kind = request.GET.get("kind") or str(field.kind)
    return _field(request, working, field, kind, working.content.group_of[field_code].code)


def _field(request: HttpRequest, working: Any, field: Any, kind: str, group: str) -> HttpResponse:
    if kind not in Kind.values:
        raise Http404
    more = {"content": working.content, "kind": Kind(kind), "field": field, "group": group}
    form = QuestionForm(request.POST or None, **more)
    is_look = request.POST.get("do") == "look"
    if not is_look and kept(request, working, form, lambda: _with_question(working.content, form)):
        return redirect(f"{reverse('declarations:edit', args=[working.code])}#field-{form.made().code}")
    content = _with_question(working.content, form)[0] if is_look and form.is_valid() else working.content
    names = {"phone": one_group(content, form["group"].value()), "is_look": content is not working.content}
    users = users_of_thing(working.content, field)
    return show(request, "question", working, form=form, field=field, kind=Kind(kind), users=users, **names)


def _with_question(content: Any, form: QuestionForm) -> tuple[Any, str]:
    made, said = form.made(), _("sửa mục «%(words)s».") if form.field else _("thêm mục «%(words)s».")
    return editing.with_field(content, made, form.cleaned_data["group"]), said % {"words": made.label}


@form_page
def add_rule(request: HttpRequest, code: str) -> HttpResponse:
    return _rule(request, code, None)


@form_page
def change_rule(request: HttpRequest, code: str, rule_code: str) -> HttpResponse:
    return _rule(request, code, rule_code)


def _rule(request: HttpRequest, code: str, rule_code: str | None) -> HttpResponse:
    staff: Any = request.user
    working = queries.working_on(staff, code)
    rule = _found(next((one for one in working.content.rules if one.code == rule_code), None)) if rule_code else None
    form = RuleForm(request.POST or None, content=working.content, rule=rule)

    def change() -> tuple[Any, str]:
        made, said = form.made(), _("sửa quy tắc «%(words)s».") if rule else _("thêm quy tắc «%(words)s».")
        return editing.with_rule(working.content, made), said % {"words": made.message}

    if kept(request, working, form, change):
        return redirect(f"{reverse('declarations:rules', args=[code])}#rule-{form.made().code}")
    return show(request, "rule", working, form=form, rule=rule)


def _found(thing: Any) -> Any:
    if thing is None:
        raise Http404
    return thing


# ---- the buttons ---------------------------------------------------------------------------------------------
@action
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Moves, removes, undoes, discards. Back to where the button was, so that it can be pressed again."""
    staff: Any = request.user
    working = queries.working_on(staff, code)
    order, token = request.POST.get("do", ""), request.POST.get("token", "")
    try:
        if order == "discard":
            return _discarded(request, working, token)
        if order == "undo":
            said = actions.undo_change(working.form, token=token, by=staff, at=now())
            messages.success(request, _("Đã hoàn tác: %(said)s") % {"said": said})
        else:
            content, said = carried_out(working.content, order)
            actions.change_draft(working.form, actions.Step(content, said, token), by=staff, at=now())
    except (Stale, Refused) as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(request, code, order))


def _discarded(request: HttpRequest, working: Any, token: str) -> HttpResponse:
    stays = actions.discard_draft(working.form, token=token, by=request.user, at=now())
    messages.success(request, _("Đã bỏ bản đang soạn. Tờ khai đang dùng giữ nguyên."))
    return redirect("declarations:edit", working.code) if stays else redirect("declarations:list")


def _back(request: HttpRequest, code: str, order: str) -> str:
    """The page of the button; after a move the same button, so that the keyboard stays on it."""
    verb, _space, thing = order.partition(" ")
    what, _colon, name = thing.partition(":")
    page = {"rule": "rules", "test": "tests", "failing": "tests"}.get(what, request.POST.get("page", "edit"))
    address = reverse(f"declarations:{page if page in ('rules', 'tests', 'publish') else 'edit'}", args=[code])
    is_move = verb in ("up", "down") and name.replace("_", "").isalnum()
    return f"{address}#{verb}-{what}-{name}" if is_move else address
