"""Where my dossier is: by the code on the slip and a second fact."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thanthien.core.files import KeptFile, hand_out
from thanthien.dossiers import actions
from thanthien.dossiers import queries as dossiers
from thanthien.dossiers.queries import Tracking
from thanthien.organisation.queries import front_unit
from thanthien.portal.forms import TrackForm
from thanthien.portal.queries import ahead_of, how_returned
from thanthien.portal.views.limits import count_miss, seconds_to_wait, too_many

MISSED = gettext_lazy(
    "Chưa tìm thấy hồ sơ khớp với mã và số điện thoại này. Ông/bà xem lại giấy hẹn giúp chúng tôi, "
    "hoặc gọi đường dây nóng."
)
SEEN, SEEN_FOR, SEEN_WHERE = "da-xem", 30 * 60, "/tra-cuu/"  # a signed cookie: this code was looked up rightly
OWNER = "người nộp"  # as the story of a dossier, kept in Vietnamese, calls who holds its secret


@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Asks for the code and a second fact; leads to the dossier's page, or says the same kind words for every miss."""
    form = TrackForm(request.POST or None)
    if not form.is_valid():
        return render(request, "portal/track.html", {"form": form, "house": front_unit()})
    code, digits = form.cleaned_data["code"], form.cleaned_data["digits"]
    response = redirect("portal:state", code.replace("/", "-"))
    if not digits:
        return response
    if wait := seconds_to_wait(request, code):
        return too_many(request, wait)
    if dossiers.tracking_by_digits(code, digits) is None:
        count_miss(request, code)
        form.add_error(None, MISSED)
        return render(request, "portal/track.html", {"form": form, "house": front_unit()})
    return _remember(response, code)


def _remember(response: HttpResponse, code: str) -> HttpResponse:
    safe = {"secure": settings.SESSION_COOKIE_SECURE, "httponly": True, "samesite": "Lax"}
    response.set_signed_cookie(SEEN, code, salt=SEEN, max_age=SEEN_FOR, path=SEEN_WHERE, **safe)  # type: ignore[arg-type]
    return response


@never_cache
@require_GET
def state(request: HttpRequest, code: str) -> HttpResponse:
    """By the code alone only whether it is finished; for half an hour the story, for who knew the digits."""
    if wait := seconds_to_wait(request):
        return too_many(request, wait)
    if request.get_signed_cookie(SEEN, default="", salt=SEEN, max_age=SEEN_FOR) == code:
        found = dossiers.tracking_of(code)
        if found:
            return _page(request, found, is_owner=False)
    count_miss(request)
    form = TrackForm(initial={"code": code[:60]})
    context = {"code": code[:60], "finished": dossiers.public_state(code), "form": form, "house": front_unit()}
    return render(request, "portal/state.html", context)


@never_cache
@require_GET
def tracking(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """The whole story and what one may do, for who holds the slip (its QR) or has proved the phone."""
    if wait := seconds_to_wait(request, code):
        return too_many(request, wait)
    found = dossiers.tracking(code, secret)
    if found is None:
        count_miss(request, code)
        form = TrackForm({"code": code[:60], "digits": "0000"})
        form.add_error(None, MISSED)
        return render(request, "portal/track.html", {"form": form, "house": front_unit()}, status=404)
    return _page(request, found, is_owner=True)


def _page(request: HttpRequest, found: Tracking, *, is_owner: bool) -> HttpResponse:
    context = {
        "tracked": found,
        "ahead": ahead_of(found, at=timezone.now()),
        "returned": how_returned(found),
        "house": found.dossier.receiving_unit,
        "is_owner": is_owner,
        "results": dossiers.result_files_of(found.dossier),
    }
    return render(request, "portal/tracking.html", context)


@never_cache
@require_GET
def result(request: HttpRequest, code: str, secret: str, file_id: int) -> HttpResponseBase:
    """The signed result as a file, for who holds the secret; written into the dossier's story."""
    if wait := seconds_to_wait(request, code):
        return too_many(request, wait)
    found = dossiers.tracking(code, secret)
    if found is None:
        count_miss(request, code)
        raise Http404
    wanted = next((one for one in dossiers.result_files_of(found.dossier) if one.pk == file_id), None)
    if wanted is None:
        raise Http404
    actions.record_download(found.dossier, wanted.name, by=OWNER, at=timezone.now())
    return hand_out(KeptFile(**{name: getattr(wanted, name) for name in KeptFile.__dataclass_fields__}))
