"""How every page goes on which something is done to one letter: fetch, ask the rule, ask the person, act, go back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from thanthien.core.idempotency import idempotent
from thanthien.core.navigation import Label
from thanthien.core.rules import Refused
from thanthien.letters.forms import NothingForm
from thanthien.letters.queries import letter_for

View = Callable[..., HttpResponse]


def plain_form(form: Any) -> Callable[..., Any]:
    """A form that need not know the letter."""
    return lambda letter, *sent: form(*sent)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that can be done to a letter: who may (`check(letter, by=)`), what is asked (`form(letter, *sent)`),
    what happens (`do(letter, form, by=, at=)`), what is said then."""

    label: Label
    check: Callable[..., None]
    do: Callable[..., Any]
    done: Label
    form: Callable[..., Any] = plain_form(NothingForm)
    lead: Label = ""
    icon: str = "check2-square"
    kind: str = "primary"
    button: Label = ""
    template: str = "letters/act.html"


def page_of(deed: Deed) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    @idempotent
    def view(request: HttpRequest, letter_id: int) -> HttpResponse:
        letter, at = letter_for(request.user, letter_id), now()
        deed.check(letter, by=request.user)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = deed.form(letter, *sent)
        if sent and form.is_valid() and _done(deed, letter, form, by=request.user, at=at):
            messages.success(request, str(deed.done))
            return redirect("letters:detail", letter.pk)
        page = {"letter": letter, "deed": deed, "form": form}
        return render(request, deed.template, page, status=422 if sent else 200)

    return view


def _done(deed: Deed, letter: Any, form: Any, *, by: Any, at: datetime) -> bool:
    """Does it. What only the action can refuse stands at the top of the form, and nothing typed is lost."""
    try:
        with transaction.atomic():
            deed.do(letter, form, by=by, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
