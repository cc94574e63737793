"""Acting on many dossiers at once, and keeping lists."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thanthien.core.idempotency import idempotent
from thanthien.core.rules import Refused
from thanthien.dossiers.actions import forget_filter, keep_filter
from thanthien.dossiers.queries import dossiers_seen_by, open_hand_overs
from thanthien.office.actions import Outcome, acknowledge_all, assign_all, finish_steps
from thanthien.office.forms import FilterNameForm
from thanthien.office.queries import short_code
from thanthien.organisation.queries import staff_member_for

MOST_AT_ONCE = 100
LONGEST_FILTER = 1000


@login_required
@require_POST
@idempotent
def act_on_many(request: HttpRequest) -> HttpResponse:
    """The chosen dossiers take a step, or are given to somebody."""
    staff, at = request.user, timezone.now()
    chosen = dossiers_seen_by(staff).filter(pk__in=_chosen(request)).order_by("pk")
    verb = request.POST.get("do")
    if verb == "assign":
        to = staff_member_for(staff, _number(request.POST.get("to", "")))
        _tell(request, assign_all(chosen, to=to, by=staff, at=at), _("Đã giao %(number)s hồ sơ."))
    elif verb == "finish":
        _tell(request, finish_steps(chosen, by=staff, at=at), _("Đã chuyển bước %(number)s hồ sơ."))
    else:
        raise Refused(_("Chưa rõ việc cần làm. Xin mở lại trang và chọn lại."))
    return redirect(_back_to_desk(request))


@login_required
@require_POST
@idempotent
def sign_for_many(request: HttpRequest) -> HttpResponse:
    """Signing for what came in."""
    waiting = open_hand_overs(request.user).filter(pk__in=_chosen(request))
    outcome = acknowledge_all(waiting, by=request.user, at=timezone.now())
    _tell(request, outcome, _("Đã ký nhận %(number)s hồ sơ."))
    return redirect("office:hand_overs")


@login_required
@require_POST
@idempotent
def keep_list(request: HttpRequest) -> HttpResponse:
    form = FilterNameForm(request.POST)
    if form.is_valid():
        keep_filter(form.cleaned_data["name"], _filter_of(request), by=request.user)
        messages.success(request, _("Đã giữ bộ lọc “%(name)s”.") % form.cleaned_data)
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["name"]))
    return redirect(_back_to_desk(request))


@login_required
@require_POST
@idempotent
def forget_list(request: HttpRequest, filter_id: int) -> HttpResponse:
    forget_filter(filter_id, by=request.user)
    messages.success(request, _("Đã bỏ bộ lọc."))
    return redirect("office:desk")


def _chosen(request: HttpRequest) -> list[int]:
    """Primary keys that were ticked; what is no number is left out."""
    keys = [_number(text) for text in request.POST.getlist("pick")[:MOST_AT_ONCE]]
    if not any(keys):
        raise Refused(_("Xin đánh dấu ít nhất một hồ sơ trong danh sách rồi bấm lại."))
    return keys


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _filter_of(request: HttpRequest) -> str:
    """The filter that the page was shown with, without the number of its page."""
    query = QueryDict(request.POST.get("filter", "")[:LONGEST_FILTER], mutable=True)
    query.pop("page", None)
    return query.urlencode()[:LONGEST_FILTER]


def _back_to_desk(request: HttpRequest) -> str:
    query = _filter_of(request)
    return f"{reverse('office:desk')}?{query}" if query else reverse("office:desk")


def _tell(request: HttpRequest, outcome: Outcome, done: Any) -> None:
    if outcome.done:
        messages.success(request, done % {"number": len(outcome.done)})
    for code, reason in outcome.failed[:10]:
        messages.error(request, f"{short_code(code)}: {reason}")
    if len(outcome.failed) > 10:
        words = {"number": len(outcome.failed) - 10}
        messages.error(request, _("và %(number)s hồ sơ khác chưa làm được.") % words)
    if not outcome.done and not outcome.failed:
        messages.error(request, _("Những hồ sơ đã chọn không còn ở đây. Xin mở lại trang."))
