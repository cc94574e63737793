"""Appointments: book, see, move, cancel; what the office sees of them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanthien.core import rate_limit
from thanthien.core.idempotency import idempotent
from thanthien.core.rate_limit import Limit
from thanthien.core.rules import Refused
from thanthien.queue import actions, queries
from thanthien.queue.forms.appointments import BookingForm, SlotForm, day_asked

BOOKING = Limit("queue:book", tries=20, seconds=3600)  # for one address: a machine that books everything is slowed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def book(request: HttpRequest, hall_id: int, line_id: int = 0) -> HttpResponse:
    """Which line; then which day and slot, and who comes."""
    hall = queries.hall_of_board(hall_id)
    line = queries.line_that_books(hall, line_id) if line_id else None
    if line is None:
        lines = queries.lines_with_slots(hall)
        return render(request, "queue/book_line.html", {"house": hall.unit, "hall": hall, "lines": lines})
    form = BookingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("queue:appointment", _booked(request, line, form).secret)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = _choice(request, line) | {"form": form, "line": line}
    return render(request, "queue/book.html", context, status=422 if form.errors else 200)


def _booked(request: HttpRequest, line: Any, form: BookingForm) -> Any:
    who = rate_limit.asker_of(request)
    if wait := rate_limit.seconds_to_wait(BOOKING, who):
        raise Refused(_("Nơi này vừa đặt nhiều lịch. Xin thử lại sau %(minutes)s phút.") % {"minutes": wait // 60 + 1})
    rate_limit.count(BOOKING, who)
    return actions.book(line, form.cleaned_data["slot"], form.booking(), at=timezone.now())


def _choice(request: HttpRequest, line: Any) -> dict[str, Any]:
    """The days that may be booked, and the slots of the one that is looked at."""
    at = timezone.now()
    days = queries.days_of(line.hall, at=at)
    day = day_asked(request.GET.get("ngay", ""), days)
    slots = queries.slots_of(line, day, at=at) if day else []
    return {"house": line.hall.unit, "hall": line.hall, "days": days, "day": day, "slots": slots}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def appointment(request: HttpRequest, secret: str) -> HttpResponse:
    """The owner's page: the code, and to move or give up the appointment."""
    found = queries.appointment_by_secret(secret)
    form = SlotForm(request.POST if request.POST.get("do") == "move" else None)
    if request.method == "POST" and (answer := _owner_does(request, found, form)):
        return answer
    context = _choice(request, queries.line_of_appointment(found)) | {"appointment": found, "form": form}
    context["moves"] = "ngay" in request.GET or bool(form.errors)
    return render(request, "queue/appointment.html", context, status=422 if form.errors else 200)


def _owner_does(request: HttpRequest, found: Any, form: SlotForm) -> HttpResponse | None:
    """None: the slot that was chosen cannot be had; the form says why."""
    at = timezone.now()
    if request.POST.get("do") == "cancel":
        actions.cancel_appointment(found, at=at)
    elif form.is_bound:
        if not form.is_valid():
            return None
        try:
            actions.move(found, form.cleaned_data["slot"], at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return None
    return redirect("queue:appointment", found.secret)


@login_required
@require_safe
def appointments(request: HttpRequest, hall_id: int) -> HttpResponse:
    """The office's list of a day, and those that a change of the calendar hits."""
    hall, at = queries.hall_seen_by(request.user, hall_id), timezone.now()
    days = queries.days_of(hall, at=at)
    day = day_asked(request.GET.get("ngay", ""), days) or timezone.localdate(at)
    context = {"hall": hall, "days": days, "day": day, "rows": queries.appointments_of(hall, day)}
    context["hit"] = queries.hit_by_the_calendar(hall, at=at)
    return render(request, "queue/appointments.html", context)


@login_required
@require_POST
@idempotent
def rebook(request: HttpRequest, hall_id: int) -> HttpResponse:
    """One press for all whom the calendar hits: the next free place, or a pardon; everybody is told."""
    hall = queries.hall_seen_by(request.user, hall_id)
    done = actions.rebook_hit(hall, by=request.user, at=timezone.now())
    facts = {"moved": done.moved, "cancelled": done.cancelled}
    messages.success(request, _("Đã dời %(moved)s lịch hẹn, hủy %(cancelled)s vì hết chỗ, và báo từng người.") % facts)
    return redirect("queue:appointments", hall.pk)
