"""What the pages of this room share: who may enter, and the page of one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise as LazyText
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thanthien.core.idempotency import View, idempotent
from thanthien.core.rules import Refused


def read_page(view: View) -> View:
    return login_required(require_GET(view))


def form_page(view: View) -> View:
    return login_required(require_http_methods(["GET", "POST"])(idempotent(view)))


def action(view: View) -> View:
    return login_required(require_POST(idempotent(view)))


@dataclass(frozen=True, kw_only=True)
class Words:
    """Of a page with one form: its heading, the words on the button, the way back, what to know before; the address
    that removes the thing."""

    title: str
    save: str
    back: str
    note: str = ""
    remove: str = ""


def try_to(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Acts; a refusal becomes a sentence above the form, which keeps what was typed."""
    try:
        act()
    except (Refused, ValidationError) as refusal:
        form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        return False
    return True


def show_form(request: HttpRequest, form: BaseForm, words: Words) -> HttpResponse:
    context = {"form": form, "words": words}
    return render(request, "organisation/form.html", context, status=422 if form.is_bound else 200)


def done(request: HttpRequest, said: str | LazyText, to: Any, *args: Any) -> HttpResponse:
    messages.success(request, said)
    return redirect(to, *args)
