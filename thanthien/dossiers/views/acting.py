"""How every page goes on which something is done to one dossier: fetch, ask the rule, ask the person, act, go back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from thanthien.core.idempotency import idempotent, idempotent_hot
from thanthien.core.navigation import Label
from thanthien.core.rules import Refused
from thanthien.dossiers import actions
from thanthien.dossiers.forms.base import DossierForm
from thanthien.dossiers.forms.clock import ConfirmForm
from thanthien.dossiers.queries import dossier_for

View = Callable[..., HttpResponse]


def nothing_more(dossier: Any, at: datetime) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that can be done to a dossier: who may (`check(dossier, by=)`), what is asked, what happens
    (`do(dossier, data, by=, at=)`), what is said then and which paper is offered to print.

    `name` is the URL's; `kind` is that of the button; `more` gives the page further names, "" for none; `lets_go`
    where the action itself leaves the editor's hold alone, so that the next colleague need not wait for it; `often`
    done deeds, which touch the database alone, do not look for an earlier answer first (`idempotent_hot`)."""

    name: str
    label: Label
    check: Callable[..., None]
    do: Callable[..., Any]
    done: Label
    form: type[DossierForm] = ConfirmForm
    icon: str = "check2-square"
    lead: Label = ""
    button: Label = ""
    kind: str = "primary"
    template: str = "dossiers/act.html"
    prints: str = ""
    lets_go: bool = False
    often: bool = False
    more: Callable[[Any, datetime], dict[str, Any]] = nothing_more


def on_dossier(view: View, *, often: bool = False) -> View:
    """Signed in, GET or POST, and a form sent twice counts once."""
    once = idempotent_hot if often else idempotent

    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    @once
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return wrapper


def page_of(deed: Deed) -> View:
    """The page of a deed: `/ho-so/<code>/<its own words>/`."""

    def view(request: HttpRequest, code: str) -> HttpResponse:
        return act(request, code, deed)

    return on_dossier(view, often=deed.often)


def act(request: HttpRequest, code: str, deed: Deed) -> HttpResponse:
    dossier, at = dossier_for(request.user, code), now()
    deed.check(dossier, by=request.user)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = deed.form(dossier, request.user, *sent)
    if sent and form.is_valid() and _done(deed, dossier, form, by=request.user, at=at):
        messages.success(request, str(deed.done))
        return redirect(_back(dossier, deed))
    actions.hold_for_editing(dossier, by=request.user, at=at)
    page = {"dossier": dossier, "deed": deed, "form": form, "at": at} | deed.more(dossier, at)
    return render(request, deed.template, page, status=422 if sent else 200)


def _done(deed: Deed, dossier: Any, form: DossierForm, *, by: Any, at: datetime) -> bool:
    """Does it. What only the action can refuse stands at the top of the form, and nothing typed is lost."""
    try:
        with transaction.atomic():
            deed.do(dossier, form.cleaned_data, by=by, at=at)
            if deed.lets_go:
                actions.let_go(dossier, by=by)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _back(dossier: Any, deed: Deed) -> str:
    address = reverse("dossiers:detail", args=[dossier.code])
    return f"{address}?{urlencode({'in': deed.prints})}" if deed.prints else address
