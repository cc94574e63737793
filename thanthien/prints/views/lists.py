"""Lists of hand-overs: what went out and stands on none yet, and the lists as they are printed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from thanthien.core.idempotency import idempotent
from thanthien.core.rules import Refused
from thanthien.core.views import show_pdf
from thanthien.dossiers.actions import make_hand_over_list
from thanthien.dossiers.queries import hand_over_list_for, hand_over_lists_of, hand_overs_to_list
from thanthien.prints import queries
from thanthien.prints.queries.drawing import drawn_now

MOST_WAITING = 500
LISTS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@idempotent
def hand_over_lists(request: HttpRequest) -> HttpResponse:
    """Dossiers given away that stand on no list yet, by receiver; ticked ones make a numbered list to be signed."""
    waiting = list(hand_overs_to_list(request.user)[:MOST_WAITING])
    if request.method == "POST":
        made = _make_list(request, waiting)
        return redirect("prints:hand_over_list", made.pk) if made else redirect("prints:hand_over_lists")
    groups: dict[Any, list[Any]] = {}
    for hand_over in waiting:
        groups.setdefault(hand_over.to_unit, []).append(hand_over)
    names = {"groups": list(groups.items()), "made": hand_over_lists_of(request.user)[:LISTS_SHOWN]}
    return render(request, "prints/hand_over_lists.html", names)


def _make_list(request: HttpRequest, waiting: list[Any]) -> Any:
    """None, with a message, when nothing was ticked or it goes to several places."""
    chosen = {int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) < 19}
    rows = [hand_over for hand_over in waiting if hand_over.pk in chosen]
    try:
        if len({hand_over.to_unit_id for hand_over in rows}) > 1:
            raise Refused(_("Một danh sách bàn giao chỉ gửi một nơi. Xin chọn hồ sơ cùng nơi nhận."))
        to_unit = rows[0].to_unit if rows else None
        return make_hand_over_list(rows, to_unit=to_unit, by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None


@require_safe
@login_required
def hand_over_list(request: HttpRequest, list_id: int) -> HttpResponse:
    made, at = hand_over_list_for(request.user, list_id), now()
    data = queries.hand_over_list(made, at=at)
    return show_pdf(drawn_now("hand_over", made.unit.code, data, at=at), f"hand-over-{made.pk}")
