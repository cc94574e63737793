"""Hồ sơ của tôi: what was filed with one's phone, after a one-time code has proved that it is one's own."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thanthien.core.idempotency import idempotent
from thanthien.core.rate_limit import asker_of
from thanthien.core.text import mask_email, mask_phone
from thanthien.dossiers.queries import is_known_contact, own_dossiers
from thanthien.notifications.actions import Answer, check_code, send_code
from thanthien.notifications.queries import demonstration_code
from thanthien.organisation.queries import front_unit
from thanthien.portal.forms import CodeForm, ContactForm
from thanthien.portal.queries import own_lines

PURPOSE = "my-dossiers"
ASKED, PROVED = "portal.asked", "portal.proved"  # in the session, on the server: never in an address or a cookie
IDLE, LONGEST, RENEWED_AFTER = 30 * 60, 4 * 3600, 60  # seconds


@never_cache
@require_http_methods(["GET", "POST"])
@idempotent
def mine(request: HttpRequest) -> HttpResponse:
    """The list, for who has proved the phone; else asks for it and sends a code."""
    if request.method == "GET" and (contact := _proved(request)):
        lines = own_lines(own_dossiers(contact), at=timezone.now())
        context = {"lines": lines, "masked": _masked(contact), "house": front_unit(), "closes_in": IDLE}
        return render(request, "portal/mine.html", context)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        to = form.cleaned_data["to"]
        known, at = is_known_contact(to), timezone.now()
        answer = send_code(to, PURPOSE, asked_from=asker_of(request), is_known=known, at=at)
        if answer.ok:
            request.session[ASKED] = to
            return redirect("portal:prove")
        return _refused(request, form, "to", answer, _ask)
    return _ask(request, form)


@never_cache
@require_http_methods(["GET", "POST"])
@idempotent
def prove(request: HttpRequest) -> HttpResponse:
    """The code that was sent. A wrong one counts; a right one opens the list for half an hour."""
    to = request.session.get(ASKED, "")
    if not to:
        return redirect("portal:mine")
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return _ask_code(request, form)
    answer = check_code(to, PURPOSE, form.cleaned_data["code"], at=timezone.now())
    if not answer.ok:
        return _refused(request, form, "code", answer, _ask_code)
    request.session.cycle_key()
    request.session.set_expiry(0)
    del request.session[ASKED]
    now = int(time.time())
    request.session[PROVED] = {"contact": to, "since": now, "seen": now}
    return redirect("portal:mine")


@require_POST
@idempotent
def leave(request: HttpRequest) -> HttpResponse:
    """Leaves nothing behind for who sits down at this machine next. An officer who is signed in stays so."""
    for name in (ASKED, PROVED):
        request.session.pop(name, None)
    return redirect("portal:home")


def _proved(request: HttpRequest) -> str:
    """Whose list is open: half an hour after the last look, at most four hours; each look begins it anew."""
    proof, now = request.session.get(PROVED), int(time.time())
    if not proof:
        return ""
    if now - proof["seen"] > IDLE or now - proof["since"] > LONGEST:
        del request.session[PROVED]
        return ""
    if now - proof["seen"] > RENEWED_AFTER:
        request.session[PROVED] = proof | {"seen": now}
    return str(proof["contact"])


def _ask(request: HttpRequest, form: ContactForm) -> HttpResponse:
    return render(request, "portal/ask_contact.html", {"form": form, "house": front_unit()})


def _ask_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    to = request.session[ASKED]
    shown = demonstration_code(to, PURPOSE)
    context = {"form": form, "masked": _masked(to), "shown": shown, "house": front_unit()}
    return render(request, "portal/ask_code.html", context)


def _refused(
    request: HttpRequest, form: Any, field: str, answer: Answer, page: Callable[[HttpRequest, Any], HttpResponse]
) -> HttpResponse:
    """The same page with the reason beside its field; how long to wait also for machines."""
    form.add_error(field, answer.why)
    response = page(request, form)
    if answer.wait:
        response.status_code = 429
        response.headers["Retry-After"] = str(answer.wait)
    return response


def _masked(contact: str) -> str:
    return mask_email(contact) if "@" in contact else mask_phone(contact)
