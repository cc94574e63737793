"""Where my dossier is: by the code on the slip and a second fact."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thanthien.core import rate_limit
from thanthien.core.rate_limit import Limit
from thanthien.dossiers import queries as dossiers
from thanthien.organisation.queries import front_unit
from thanthien.portal.forms import TrackForm
from thanthien.portal.queries import ahead_of, how_returned

# A counter office stands behind one address, so that limit is wide; wrong digits for one code are narrow (S3).
BY_ADDRESS = Limit("track:address", tries=120, seconds=60)
BY_CODE = Limit("track:code", tries=10, seconds=600)
MISSED = _lazy(
    "Chưa tìm thấy hồ sơ khớp với mã và số điện thoại này. Ông/bà xem lại giấy hẹn giúp chúng tôi, "
    "hoặc gọi đường dây nóng."
)
LONG = 8  # a secret is never as short as four digits, so that digits cannot be tried in an address


@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Asks for the code and a second fact; leads to the dossier's page, or says the same kind words for every miss."""
    form = TrackForm(request.POST or None)
    if not form.is_valid():
        return render(request, "portal/track.html", {"form": form, "house": front_unit()})
    code, digits = form.cleaned_data["code"], form.cleaned_data["digits"]
    if not digits:
        return redirect("portal:state", code.replace("/", "-"))
    if wait := _wait(request, code):
        return _too_many(request, wait)
    found = dossiers.tracking(code, digits)
    if found is None:
        _count(request, code)
        form.add_error(None, MISSED)
        return render(request, "portal/track.html", {"form": form, "house": front_unit()})
    return redirect("portal:tracking", found.dossier.code, found.dossier.secret)


@never_cache
@require_GET
def state(request: HttpRequest, code: str) -> HttpResponse:
    """By the code alone: only whether it is finished."""
    if wait := _wait(request, ""):
        return _too_many(request, wait)
    _count(request, "")
    form = TrackForm(initial={"code": code[:60]})
    context = {"code": code[:60], "finished": dossiers.public_state(code), "form": form, "house": front_unit()}
    return render(request, "portal/state.html", context)


@never_cache
@require_GET
def tracking(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """The whole story, for who holds the slip (its QR) or has given the second fact."""
    if wait := _wait(request, code):
        return _too_many(request, wait)
    found = dossiers.tracking(code, secret) if len(secret) >= LONG else None
    if found is None:
        _count(request, code)
        form = TrackForm({"code": code[:60], "digits": "0000"})
        form.add_error(None, MISSED)
        return render(request, "portal/track.html", {"form": form, "house": front_unit()}, status=404)
    context = {"tracked": found, "ahead": ahead_of(found, at=timezone.now()), "returned": how_returned(found)}
    context["house"] = found.dossier.receiving_unit
    return render(request, "portal/tracking.html", context)


def _wait(request: HttpRequest, code: str) -> int:
    return max(
        rate_limit.seconds_to_wait(BY_ADDRESS, _address(request)),
        rate_limit.seconds_to_wait(BY_CODE, code.upper()) if code else 0,
    )


def _count(request: HttpRequest, code: str) -> None:
    rate_limit.count(BY_ADDRESS, _address(request))
    if code:
        rate_limit.count(BY_CODE, code.upper())


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    context = {"minutes": -(-wait // 60), "house": front_unit()}
    response = render(request, "portal/too_many.html", context, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
