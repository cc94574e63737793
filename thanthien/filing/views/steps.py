"""The pages of a draft, one group of questions each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thanthien.core import rate_limit
from thanthien.core.words import short_moment
from thanthien.filing import actions
from thanthien.filing.forms.steps import FORMS, with_card
from thanthien.filing.queries import DECLARED, parties_of, typed
from thanthien.filing.rules import SETTLED
from thanthien.filing.views import declared, papers, sending
from thanthien.filing.views.drafting import SAVINGS, Way, on_draft, shown, while_typing

Values = dict[str, list[str]]
LONGEST_VALUE = 4000


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def step(request: HttpRequest, draft: Any, step: str) -> HttpResponse:
    way = Way(draft, step)
    if not way.place:
        raise Http404
    if (step in SETTLED or step.startswith(DECLARED)) and parties_of(draft):
        return redirect("filing:waiting", draft.ref)
    if step in FORMS:
        return _questions(request, draft, way)
    if step.startswith(DECLARED):
        return declared.page(request, draft, way)
    return (papers.page if step == "giay-to" else sending.page)(request, draft, way)


def _questions(request: HttpRequest, draft: Any, way: Way) -> HttpResponse:
    form_class, code = FORMS[way.step.code], way.step.code
    if request.method != "POST":
        form = form_class(draft, typed=typed(draft, code), today=localdate())
        return shown(request, "step", way, form=form)
    values, fault = with_card(values_of(request))
    was_scanned = bool(request.POST.get("card"))
    draft = actions.save_step(draft, code, values, is_sent=not was_scanned, at=now())
    if was_scanned:
        _tell_of_card(request, fault)
        return redirect("filing:step", draft.ref, code)
    form = form_class(draft, typed(draft, code), today=localdate())
    if form.is_valid():
        return Way(draft, code).onward()
    return shown(request, "step", Way(draft, code), form=form, status=422)


def _tell_of_card(request: HttpRequest, fault: str) -> None:
    if fault:
        messages.warning(request, fault)
    else:
        messages.success(request, _("Đã đọc thẻ căn cước. Xin xem lại rồi đi tiếp."))


def values_of(request: HttpRequest) -> Values:
    """The fields of the page, as typed; what belongs to the form's own working is left out."""
    left_out = ("csrfmiddlewaretoken", "idempotency_key", "do")
    return {
        name[:80]: [value[:LONGEST_VALUE] for value in request.POST.getlist(name)]
        for name in request.POST
        if name not in left_out
    }


@require_POST
@while_typing
def save(request: HttpRequest, draft: Any, step: str) -> HttpResponse:
    """What was typed so far, saved by a script; answers until when the draft is kept."""
    if not Way(draft, step).place:
        raise Http404
    if wait := rate_limit.seconds_to_wait(SAVINGS, draft.ref):
        return JsonResponse({"error": "wait"}, status=429, headers={"Retry-After": str(wait)})
    rate_limit.count(SAVINGS, draft.ref)
    saved = _save(request, draft, step)
    return JsonResponse({"saved": short_moment(saved.saved_at), "until": short_moment(saved.expires_at)})


def _save(request: HttpRequest, draft: Any, step: str) -> Any:
    if step.startswith(DECLARED):
        return declared.save(request, draft, step)
    return actions.save_step(draft, step, values_of(request), is_sent=False, at=now())
