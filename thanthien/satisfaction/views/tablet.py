"""The tablet at a counter: it sleeps, wakes when a result was handed out there, asks with one touch, sleeps again."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thanthien.core.live.serving import address_of, let_listen
from thanthien.core.pages import action, done, form_page
from thanthien.core.rules import Refused
from thanthien.organisation.queries import counters_of, office_of
from thanthien.satisfaction import actions, queries, rules
from thanthien.satisfaction.enums import Channel
from thanthien.satisfaction.forms.office import DeviceForm
from thanthien.satisfaction.forms.sheet import SheetForm
from thanthien.satisfaction.views.base import number_in, public_form

THANKS = "cam-on"  # the turn that was just answered


@never_cache
@public_form
def tablet(request: HttpRequest, token: str) -> HttpResponse:
    device = queries.device_by_token(token)
    try:
        rules.check_device(device)
    except Refused as reason:
        context = {"reason": str(reason)}
        return render(request, "satisfaction/closed.html", context, status=404 if device is None else 403)
    version = queries.version_used(device.unit_id, Channel.TABLET)
    turn = queries.turn_at(device, at=timezone.now()) if version else None
    form = SheetForm(request.POST or None, sheet=queries.sheet(version)) if version else None
    if form and form.is_valid():
        return redirect(_answered(request, device, version, form, token))
    context = {"device": device, "turn": turn, "form": form, "token": token}
    context["answered"] = number_in(request.GET.get(THANKS, ""))
    context["live"] = "" if turn else address_of(request, queries.CHANNEL, queries.live_key(device))
    return let_listen(request, render(request, "satisfaction/tablet.html", context))


def _answered(request, device, version, form, token):  # type: ignore[no-untyped-def]
    """Where the tablet goes next: its thanks, or back to sleep when somebody was too late."""
    address = reverse("satisfaction:tablet", args=[token])
    turn_id = number_in(request.POST.get("turn", "")) or 0
    try:
        actions.answer_at_counter(device, version, form.filled(), turn_id=turn_id, at=timezone.now())
    except Refused:
        return address
    return f"{address}?{THANKS}={turn_id}"


@never_cache
@require_GET
def turn(request: HttpRequest, token: str) -> JsonResponse:
    """What a sleeping tablet asks that cannot listen to the live process."""
    device = queries.device_by_token(token)
    found = queries.turn_at(device, at=timezone.now()) if device and not device.revoked_at else None
    return JsonResponse({"turn": found.pk if found else 0}, status=200 if device and not device.revoked_at else 404)


# ---- keeping them ----------------------------------------------------------------------------------------------
@form_page
def devices(request: HttpRequest) -> HttpResponse:
    rules.check_can_keep_surveys(by=request.user)
    form = DeviceForm(request.POST or None, counters=counters_of(office_of(request.user)))
    context = {"form": form, "devices": queries.devices_of(request.user)}
    if form.is_valid():
        counter = form.counters[form.cleaned_data["counter"]]
        _device, token = actions.make_device(counter, by=request.user, at=timezone.now())
        address = request.build_absolute_uri(reverse("satisfaction:tablet", args=[token]))
        # Shown this once; with status 200, so that not even the answer to this form is kept.
        return render(request, "satisfaction/device_made.html", {"counter": counter, "address": address})
    return render(request, "satisfaction/devices.html", context, status=422 if form.is_bound else 200)


@action
def revoke(request: HttpRequest, device_id: int) -> HttpResponse:
    actions.revoke_device(queries.device_for(request.user, device_id), by=request.user, at=timezone.now())
    return done(request, _("Đã khóa máy."), "satisfaction:devices")
