"""One question a page, answers in the address; and the page where flows come in and go out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanthien.core.idempotency import idempotent
from thanthien.core.rules import Refused
from thanthien.guidance import actions, queries, rules
from thanthien.guidance.forms import ImportForm
from thanthien.organisation.queries import front_unit


@require_safe
def flow(request: HttpRequest, code: str) -> HttpResponse:
    """The next question, or where the answers end."""
    card = queries.flow_for(code)
    kept = rules.answered(card.content, request.GET)
    question = rules.next_question(card.content, kept)
    names: dict[str, Any] = {"card": card, "turns": queries.turns(card.content, kept), "number": len(kept) + 1}
    if question is None:
        names["ending"] = queries.ending(card.content, kept, front_unit())
        return render(request, "guidance/ending.html", names)
    links = [(answer, queries.address_of(kept | {question.code: answer.code})) for answer in question.answers]
    return render(request, "guidance/question.html", names | {"question": question, "links": links})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def manage(request: HttpRequest) -> HttpResponse:
    """All flows, what their tests say, and a file that comes in."""
    staff: Any = request.user
    cards = queries.flows_for(staff)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            taken = actions.import_flow(form.cleaned_data["file"], by=staff, at=now())
            messages.success(request, _("Đã nhận luồng %(code)s.") % {"code": taken.code})
            return redirect("guidance:manage")
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "guidance/manage.html", {"cards": cards, "form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
@idempotent
def load(request: HttpRequest) -> HttpResponse:
    staff: Any = request.user
    rules.check_can_manage(by=staff)
    count = actions.load_starting_flows(by=str(staff), at=now())
    messages.success(request, _("Đã nạp %(count)s luồng có sẵn.") % {"count": count})
    return redirect("guidance:manage")


@login_required
@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    staff: Any = request.user
    stored = queries.stored_flow(code, seen_by=staff)
    rules.check_can_show(stored.content)
    told = actions.exported(stored)
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="luong-{code}.json"'
    return response


@login_required
@require_POST
@idempotent
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Shows a flow to citizens, or hides it; or moves it in their list."""
    staff: Any = request.user
    stored, move = queries.stored_flow(code, seen_by=staff), request.POST.get("move", "")
    if move:
        actions.move_flow(stored, is_up=move == "up", by=staff, at=now())
    else:
        actions.show_flow(stored, is_shown=request.POST.get("shown") == "1", by=staff, at=now())
    return redirect("guidance:manage")
