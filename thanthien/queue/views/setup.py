"""The unit's administrator sets a hall up: lines, priorities, machines, the poster at the door."""

from base64 import b64encode
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanthien.core.documents import qr
from thanthien.core.idempotency import idempotent
from thanthien.organisation.rules import check_can_manage
from thanthien.queue import actions, queries
from thanthien.queue.forms.setup import HallForm, KioskForm, LineForm, PriorityForm

FORM = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    check_can_manage(queries.new_hall(request.user).unit, by=request.user)
    return render(request, "queue/halls.html", {"halls": queries.halls_managed_by(request.user)})


@login_required
@require_safe
def hall(request: HttpRequest, hall_id: int) -> HttpResponse:
    found = queries.hall_managed_by(request.user, hall_id)
    context = {"hall": found, "lines": found.lines.prefetch_related("counters"), "priorities": found.priorities.all()}
    return render(request, "queue/hall.html", context | {"kiosks": found.kiosks.all(), "form": KioskForm()})


def _form_page(request: HttpRequest, form: Any, title: str, back: Any) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "queue/form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(FORM)
@idempotent
def add_hall(request: HttpRequest) -> HttpResponse:
    new = queries.new_hall(request.user)
    check_can_manage(new.unit, by=request.user)
    form = HallForm(request.POST or None, instance=new)
    if request.method == "POST" and form.is_valid():
        made = actions.save_hall(form.instance, by=request.user, at=timezone.now())
        return redirect("queue:hall", made.pk)
    return _form_page(request, form, _("Lập sảnh chờ"), reverse("queue:halls"))


@login_required
@require_http_methods(FORM)
@idempotent
def change_hall(request: HttpRequest, hall_id: int) -> HttpResponse:
    found = queries.hall_managed_by(request.user, hall_id)
    form = HallForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.save_hall(form.instance, by=request.user, at=timezone.now())
        return redirect("queue:hall", hall_id)
    return _form_page(request, form, _("Sửa sảnh chờ"), reverse("queue:hall", args=[hall_id]))


@login_required
@require_http_methods(FORM)
@idempotent
def line(request: HttpRequest, hall_id: int, line_id: int = 0) -> HttpResponse:
    """A line of the hall; 0: a new one."""
    found = queries.line_to_write(request.user, hall_id, line_id)
    form = LineForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        served = {name: form.cleaned_data[name] for name in ("sectors", "counters")}
        actions.save_line(form.instance, **served, by=request.user, at=timezone.now())
        return redirect("queue:hall", hall_id)
    return _form_page(request, form, _("Hàng chờ"), reverse("queue:hall", args=[hall_id]))


@login_required
@require_http_methods(FORM)
@idempotent
def priority(request: HttpRequest, hall_id: int, priority_id: int = 0) -> HttpResponse:
    """Who goes first; 0: a new kind."""
    found = queries.priority_to_write(request.user, hall_id, priority_id)
    form = PriorityForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.save_priority(form.instance, by=request.user, at=timezone.now())
        return redirect("queue:hall", hall_id)
    return _form_page(request, form, _("Diện ưu tiên"), reverse("queue:hall", args=[hall_id]))


@never_cache
@login_required
@require_POST
def make_kiosk(request: HttpRequest, hall_id: int) -> HttpResponse:
    """Shows the machine's address this one time. Sent twice it makes two machines, of which one may be locked again."""
    found = queries.hall_managed_by(request.user, hall_id)
    form = KioskForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, _("Máy lấy số"), reverse("queue:hall", args=[hall_id]))
    made, token = actions.make_kiosk(found, form.cleaned_data["name"], by=request.user, at=timezone.now())
    address = _public(reverse("queue:kiosk", args=[token]))
    return render(request, "queue/kiosk_made.html", {"kiosk": made, "address": address, "picture": _picture(address)})


@login_required
@require_POST
@idempotent
def revoke_kiosk(request: HttpRequest, hall_id: int, kiosk_id: int) -> HttpResponse:
    machine = queries.kiosk_of(queries.hall_managed_by(request.user, hall_id), kiosk_id)
    actions.revoke_kiosk(machine, by=request.user, at=timezone.now())
    return redirect("queue:hall", hall_id)


@login_required
@require_safe
def poster(request: HttpRequest, hall_id: int) -> HttpResponse:
    """For the door: whoever scans it is known to be there."""
    found = queries.hall_managed_by(request.user, hall_id)
    address = _public(reverse("queue:take", args=[hall_id])) + f"?cua={found.door_code}"
    return render(request, "queue/poster.html", {"hall": found, "picture": _picture(address)})


@login_required
@require_POST
@idempotent
def renew_door(request: HttpRequest, hall_id: int) -> HttpResponse:
    actions.renew_door_code(queries.hall_managed_by(request.user, hall_id), by=request.user, at=timezone.now())
    return redirect("queue:poster", hall_id)


def _public(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _picture(address: str) -> str:
    return b64encode(qr(address).encode()).decode()
