"""What the pages of this room share."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from thanthien.core.idempotency import View, idempotent, idempotent_hot


def public_form(view: View) -> View:
    return require_http_methods(["GET", "POST"])(idempotent(view))


def hot_form(view: View) -> View:
    """For many who answer at the same time: see `idempotent_hot`."""
    return require_http_methods(["GET", "POST"])(idempotent_hot(view))


def show(request: HttpRequest, template: str, form: BaseForm, context: dict[str, Any]) -> HttpResponse:
    """The page with its form; with status 422 when it was sent and did not pass."""
    return render(request, template, {"form": form} | context, status=422 if form.is_bound else 200)


def number_in(text: str) -> int | None:
    """A key that came in an address or form."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 18 else None
