"""What the pages of this room share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise as LazyText
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thanthien.core.idempotency import View, idempotent, idempotent_hot
from thanthien.core.rules import Refused


def read_page(view: View) -> View:
    return login_required(require_GET(view))


def form_page(view: View) -> View:
    return login_required(require_http_methods(["GET", "POST"])(idempotent(view)))


def action(view: View) -> View:
    return login_required(require_POST(idempotent(view)))


def public_form(view: View) -> View:
    return require_http_methods(["GET", "POST"])(idempotent(view))


def hot_form(view: View) -> View:
    """For many who answer at the same time: see `idempotent_hot`."""
    return require_http_methods(["GET", "POST"])(idempotent_hot(view))


def try_to(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Acts; a refusal becomes a sentence above the form, which keeps what was typed."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def show(request: HttpRequest, template: str, form: BaseForm, context: dict[str, Any]) -> HttpResponse:
    """The page with its form; with status 422 when it was sent and did not pass."""
    return render(request, template, {"form": form} | context, status=422 if form.is_bound else 200)


def done(request: HttpRequest, said: str | LazyText, to: Any, *args: Any) -> HttpResponse:
    messages.success(request, said)
    return redirect(to, *args)


def number_in(text: str) -> int | None:
    """A key that came in an address or form."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 18 else None
