"""The pages for what went wrong: said in Vietnamese, with what to do next, and without touching the database."""

from django.http import HttpRequest, HttpResponse
from django.template import loader

from thanthien.core.pages import typed_again


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or cookies are off. Nothing was changed, and nothing typed is lost."""
    return typed_again(request) or _page(403, "csrf")


def _page(status: int, name: str = "") -> HttpResponse:
    return HttpResponse(loader.render_to_string(f"ui/errors/{name or status}.html"), status=status)
