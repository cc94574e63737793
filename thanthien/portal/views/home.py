"""The citizen's door: a greeting, and the language to be greeted in."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thanthien.organisation.queries import front_unit
from thanthien.portal import queries
from thanthien.portal.forms import TrackForm

A_YEAR = 365 * 24 * 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    unit, now = front_unit(), timezone.now()
    context = {"house": unit, "form": TrackForm(), "life_events": queries.LIFE_EVENTS}
    if unit:
        today = timezone.localdate(now)
        context |= {
            "kept": queries.promises_kept(unit, today),
            "opening": queries.opening_at(unit, at=now),
            "chips": queries.chips_of(unit, today=today),
            "halls": queries.halls_now(unit, at=now),
        }
    return render(request, "portal/home.html", context)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to use this door, to be read here or printed large."""
    return render(request, "portal/guide.html", {"house": front_unit()})


@never_cache
@require_safe
def language(request: HttpRequest, language: str) -> HttpResponse:
    """A plain link, so that it works without scripts; back to the page where it was pressed. Kept in a cookie for a
    year; nothing else changes."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    response = redirect(_page_before(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _page_before(request: HttpRequest) -> str:
    """Its path, when it is one of ours. It comes from the header and goes into no address: it may hold a secret."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return reverse("portal:home")
    parts = urlsplit(before)
    path = f"/{parts.path.lstrip('/')}"  # "//elsewhere/" would lead away
    return f"{path}?{parts.query}" if parts.query else path
