"""What pages of every room share: who may ask in which way, and a form whose action is refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise as LazyText
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanthien.core.idempotency import View, idempotent
from thanthien.core.rules import Refused


def read_page(view: View) -> View:
    return login_required(require_safe(view))


def form_page(view: View) -> View:
    return login_required(require_http_methods(["GET", "HEAD", "POST"])(idempotent(view)))


def action(view: View) -> View:
    """A button that changes something."""
    return login_required(require_POST(idempotent(view)))


def try_to(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Acts; a refusal becomes a sentence above the form, which keeps what was typed."""
    try:
        act()
    except (Refused, ValidationError) as refusal:
        form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        return False
    return True


def done(request: HttpRequest, said: str | LazyText, to: Any, *args: Any) -> HttpResponse:
    messages.success(request, str(said))
    return redirect(to, *args)
