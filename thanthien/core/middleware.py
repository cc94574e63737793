"""What happens around every request."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers

from thanthien.core.pages import typed_again
from thanthien.core.rules import Refused

Handler = Callable[[HttpRequest], HttpResponse]

# No script or style inside a page, nothing from elsewhere (docs/decisions/0007).
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
        "manifest-src 'self'; media-src 'self'; frame-src 'self'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}


def security_headers(get_response: Handler) -> Handler:
    """Adds the headers of RELIABILITY S7 that Django has no setting for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def no_null_characters(get_response: Handler) -> Handler:
    """There is no page at an address with a null character: nobody types one, and PostgreSQL takes none as text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        return get_response(request)

    return middleware


def known_person(get_response: Handler) -> Handler:
    """Takes who is signed in out of Django's lazy wrapping, which every look at them would have to pass through.

    Who has no session costs no question; who has one is asked for by every page of theirs anyway.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.user = getattr(request.user, "_wrapped", request.user)
        return get_response(request)

    return middleware


def chosen_language(get_response: Handler) -> Handler:
    """Speaks the language that a visitor chose (a cookie, set by a plain link). What the browser says that it prefers
    does not count: many phones here are set to English without their owner reading it. The office works in Vietnamese.
    """
    others = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if wanted not in others or request.user.is_authenticated:
            wanted = settings.LANGUAGE_CODE
        with translation.override(wanted):
            response = get_response(request)
        response.headers.setdefault("Content-Language", wanted)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


class ExplainRefusals:
    """Shows the reason of a `Refused` to the person who asked, with status 403. Who sends a form after the session has
    ended gets what was typed back, instead of an empty page after signing in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND and _session_ended(request, response):
            return typed_again(request, signed_out=True) or response
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "ui/refused.html", {"reason": str(exception)}, status=403)


def _session_ended(request: HttpRequest, response: HttpResponse) -> bool:
    if request.user.is_authenticated:
        return False
    asked_to_sign_in = response.headers["Location"].startswith(f"{resolve_url(settings.LOGIN_URL)}?")
    return asked_to_sign_in and settings.SESSION_COOKIE_NAME in request.COOKIES


explain_refusals = ExplainRefusals
