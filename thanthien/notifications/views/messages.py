"""What citizens were told, and what did not reach them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from thanthien.core import figures
from thanthien.core.excel import Column, workbook
from thanthien.core.figures import Scope
from thanthien.core.idempotency import idempotent
from thanthien.core.rules import allows
from thanthien.core.views import send_workbook
from thanthien.notifications import actions, queries, rules
from thanthien.notifications.forms import AddressForm, FilterForm
from thanthien.notifications.rules.texts import length_of_sms
from thanthien.organisation.queries import office_of

PAGE, MOST_ROWS, LAST_DAYS = 25, 50_000, timedelta(days=29)
FIGURES = ("sent", "under_way", "failed", "no_address")
COLUMNS = [
    Column(title=gettext_lazy("Viết lúc"), kind="moment", width=18),
    Column(title=gettext_lazy("Tình huống"), width=34),
    Column(title=gettext_lazy("Tiêu đề"), width=44),
    Column(title=gettext_lazy("Người nhận"), width=28),
    Column(title=gettext_lazy("Kênh"), width=16),
    Column(
        title=gettext_lazy("Gửi đến"), width=26, note=gettext_lazy("Che bớt: danh sách này có thể đi xa hơn phần mềm.")
    ),
    Column(title=gettext_lazy("Trạng thái"), width=20),
    Column(title=gettext_lazy("Lý do"), width=50),
    Column(title=gettext_lazy("Gửi lúc"), kind="moment", width=18),
    Column(title=gettext_lazy("Mã của cổng"), width=20, note=gettext_lazy("Để hỏi nhà cung cấp cổng tin nhắn.")),
]


@login_required
@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    page = Paginator(queries.messages_seen_by(request.user, **form.chosen), PAGE).get_page(request.GET.get("page"))
    for message in page:
        message.may_be_sent_again = allows(rules.check_can_send_again, message, by=request.user)
    context = {
        "form": form,
        "page": page,
        "stats": _stats(request.user),
        "some_again": any(message.may_be_sent_again for message in page),
        "may_set": allows(rules.check_can_set_channels, office_of(request.user).code, by=request.user),
    }
    return render(request, "notifications/list.html", context)


def _stats(staff: Any) -> list[dict[str, Any]]:
    """The figures of the last thirty days."""
    today = timezone.localdate()
    scope = Scope(unit_codes=[office_of(staff).code], first=today - LAST_DAYS, last=today)
    known = [figures.get(f"notifications.{name}") for name in FIGURES]
    return [
        {"name": name, "figure": one, "value": one.compute(scope)} for name, one in zip(FIGURES, known, strict=True)
    ]


@login_required
@require_safe
def excel(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    found = queries.messages_seen_by(request.user, **form.chosen)[:MOST_ROWS]
    content = workbook(
        _("Tin báo cho dân"), COLUMNS, _rows(found), filters=form.in_words, printed_at=timezone.now(), by=request.user
    )
    return send_workbook(content, "tin-bao")


def _rows(found: Any) -> Iterator[list[Any]]:
    for one in found.iterator(chunk_size=500):
        yield [
            one.created_at, one.get_situation_display(), one.title, one.name, one.get_channel_display(),
            one.masked_address, one.get_state_display(), one.error, one.sent_at, one.reference,
        ]  # fmt: skip


@login_required
@idempotent
def message_page(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message with its text; a form to send it somewhere else."""
    message = queries.message_for(request.user, message_id)
    form = AddressForm(request.POST or None)
    if request.method == "POST":
        rules.check_can_send_again(message, by=request.user)
        if form.is_valid():
            actions.send_to(message, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("Đã xếp tin này vào hàng để gửi lại."))
            return redirect("notifications:message", message.pk)
    context = {"message": message, "form": form, "length": length_of_sms(message.body)}
    context["may_be_sent_again"] = allows(rules.check_can_send_again, message, by=request.user)
    return render(request, "notifications/message.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@idempotent
def send_again(request: HttpRequest, message_id: int) -> HttpResponse:
    actions.send_again(queries.message_for(request.user, message_id), by=request.user, at=timezone.now())
    messages.success(request, _("Đã xếp tin này vào hàng để gửi lại."))
    return redirect("notifications:list")


@login_required
@require_POST
@idempotent
def send_many_again(request: HttpRequest) -> HttpResponse:
    picked = [int(one) for one in request.POST.getlist("pick")[:MOST_ROWS] if one.isdecimal() and len(one) < 16]
    chosen = queries.messages_chosen(request.user, picked)
    done, left = actions.send_many_again(chosen, by=request.user, at=timezone.now())
    if done:
        messages.success(request, _("Đã xếp %(count)s tin vào hàng để gửi lại.") % {"count": done})
    if left or not picked:
        said = _("%(count)s tin không gửi lại được.") % {"count": left} if left else _("Chưa đánh dấu tin nào.")
        messages.warning(request, said)
    return redirect("notifications:list")
