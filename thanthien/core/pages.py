"""What pages of every room share: who may ask in which way, a form that is refused or came too late, a list that
leaves as a workbook."""

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.functional import Promise as LazyText
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanthien.core.excel import Column, workbook
from thanthien.core.idempotency import View, idempotent
from thanthien.core.rules import Refused
from thanthien.core.text import plain
from thanthien.core.views import send_workbook

MOST_ROWS = 20_000  # of a workbook: what an office computer opens at once
PRESSED = "typed_again_pressed"  # in the form of a page that was offered again after the session had ended


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


def typed_again(request: HttpRequest, *, signed_out: bool = False) -> HttpResponse | None:
    """Offers a form that could not be taken (session over, page too old) to be sent once more, with all its words.

    None where nothing was typed, where it is a secret, or where the form came from another site: then a press on our
    page would do what that site wants (no page can forge the `Origin` that a browser sends with each form).
    Who pressed before signing in (the form then says `PRESSED`) holds the token of before: the page with the new one
    is sent by itself, so that one press is enough.
    """
    lists = [(name, values) for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", PRESSED)]
    typed = [(name, value) for name, values in lists for value in values]
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not typed or not ours or any("password" in name for name, _value in typed):
        return None
    names = {"typed": typed, "signed_out": signed_out, "had_files": bool(request.FILES)}
    names |= {"csrf_token": get_token(request), "by_itself": PRESSED in request.POST and not signed_out}
    return HttpResponse(render_to_string("ui/errors/typed_again.html", names), status=HTTPStatus.FORBIDDEN)


def excel_wanted(request: HttpRequest, *others: str) -> str:
    """Which list of the page is asked for as a workbook: "1" (its only or first one), one of `others`; "" for none."""
    asked = request.GET.get("excel", "")
    return asked if asked in ("1", *others) else ""


def as_excel(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, filters: str, request: HttpRequest
) -> HttpResponse:
    """The list as a file to keep; the file says what was chosen, when and for whom, and is named after its title."""
    at = now()
    content = workbook(title, columns, rows, filters=filters, printed_at=at, by=request.user)
    return send_workbook(content, f"{plain(title).replace(' ', '-')}-{localtime(at):%Y%m%d-%H%M}")
