"""The board of a hall, and the page that tries out voice, printer and line."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thanthien.core.idempotency import idempotent
from thanthien.core.live.serving import address_of, let_listen
from thanthien.queue import queries
from thanthien.queue.outside import PrinterFault, Slip, print_slip


@never_cache
@require_safe
def board(request: HttpRequest, hall_id: int) -> HttpResponse:
    """Whole without script; with it, every call comes by itself."""
    hall = queries.hall_of_board(hall_id)
    return let_listen(request, render(request, "queue/board.html", _context(request, hall)))


def _context(request: HttpRequest, hall: Any) -> dict[str, Any]:
    state = queries.board_state(hall, at=timezone.now())
    live = address_of(request, queries.CHANNEL, hall.pk)
    return {"hall": hall, "house": hall.unit, "state": state, "live": live, "now": timezone.localtime()}


@login_required
@require_safe
def selftest(request: HttpRequest, hall_id: int) -> HttpResponse:
    hall = queries.hall_seen_by(request.user, hall_id)
    return let_listen(request, render(request, "queue/selftest.html", _context(request, hall)))


@login_required
@require_POST
@idempotent
def test_printer(request: HttpRequest, hall_id: int) -> HttpResponse:
    hall = queries.hall_seen_by(request.user, hall_id)
    slip = Slip(
        heading=hall.unit.name, code="A 000", lines=[_("Phiếu thử máy in")], address=request.build_absolute_uri("/")
    )
    try:
        print_slip(slip, host=hall.printer_host, port=hall.printer_port)
        messages.success(request, _("Máy in đã nhận phiếu thử."))
    except PrinterFault as fault:
        messages.error(request, str(fault))
    return redirect("queue:selftest", hall.pk)
