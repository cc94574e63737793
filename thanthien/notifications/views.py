"""What citizens were told, and what did not reach them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thanthien.core.idempotency import idempotent
from thanthien.core.rules import allows
from thanthien.notifications import actions, queries, rules
from thanthien.notifications.enums import MessageState

PAGE = 25


@login_required
@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    page = Paginator(queries.messages_seen_by(request.user, state=state), PAGE).get_page(request.GET.get("page"))
    for message in page:
        message.may_be_sent_again = allows(rules.check_can_send_again, message, by=request.user)
    context = {"page": page, "state": state, "states": MessageState.choices}
    return render(request, "notifications/list.html", context)


@login_required
@require_POST
@idempotent
def send_again(request: HttpRequest, message_id: int) -> HttpResponse:
    actions.send_again(queries.message_for(request.user, message_id), by=request.user, at=timezone.now())
    messages.success(request, _("Đã xếp tin này vào hàng để gửi lại."))
    return redirect("notifications:list")
