"""Taking a number: at the kiosk, on the phone; the page of the number's owner."""

from base64 import b64encode
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thanthien.core import rate_limit
from thanthien.core.documents import qr
from thanthien.core.idempotency import idempotent, idempotent_hot
from thanthien.core.rate_limit import Limit
from thanthien.core.rules import Refused
from thanthien.queue import actions, queries
from thanthien.queue.actions import Wish
from thanthien.queue.enums import Handing, Source
from thanthien.queue.forms.taking import ContactForm, TakeForm
from thanthien.queue.outside import PrinterFault, Slip, print_slip

# A hall shares one address with many phones: wide, but not endless.
FROM_HOME = Limit("queue:home", tries=40, seconds=600)
CODES = Limit("queue:code", tries=10, seconds=300)
COOKIE = "so_thu_tu"
A_DAY = 12 * 3600
LANGUAGES = {"en": "en"}


# ---- the kiosk -------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent_hot
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """The lines, large, with who waits; one tap takes a number."""
    machine, language = queries.kiosk_by_token(token), LANGUAGES.get(request.GET.get("lang", ""), "vi")
    if machine is None:
        raise Http404
    with translation.override(language):
        if machine.revoked_at:
            return _kiosk_says(request, _("Máy lấy số này đã bị khóa. Xin ông/bà gặp cán bộ để được giúp."), 403)
        if request.POST.get("do") == "appointment":
            return _came(request, token, machine, language)
        form = TakeForm(machine.hall, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            chosen = form.cleaned_data
            wish = Wish(source=Source.KIOSK, kiosk=machine, priority=chosen["priority"], offering=chosen["offering"])
            return _taken_at(request, token, chosen["line"], wish, language)
        fault = str(next(iter(form.errors.values()))[0]) if form.errors else ""
        return _kiosk_page(request, machine.hall, language, fault)


def _taken_at(request: HttpRequest, token: str, line: Any, wish: Wish, language: str) -> HttpResponse:
    try:
        ticket = actions.issue(line, wish, at=timezone.now())
    except Refused as refusal:
        return _kiosk_page(request, line.hall, language, str(refusal))
    return redirect(reverse("queue:kiosk_ticket", args=[token, ticket.pk]) + f"?lang={language}")


def _came(request: HttpRequest, token: str, machine: Any, language: str) -> HttpResponse:
    """Somebody typed the code of an appointment. Guessing is slowed for the machine as a whole."""
    found = None
    if not rate_limit.seconds_to_wait(CODES, str(machine.pk)):
        found = queries.appointment_by_code(machine.hall, request.POST.get("code", "")[:20])
    if found is None:
        rate_limit.count(CODES, str(machine.pk))
        words = _("Không thấy lịch hẹn với mã này. Xin ông/bà xem lại mã, hoặc lấy số thường.")
        return _kiosk_page(request, machine.hall, language, words)
    try:
        ticket = actions.check_in(found, kiosk=machine, at=timezone.now())
    except Refused as refusal:
        return _kiosk_page(request, machine.hall, language, str(refusal))
    return redirect(reverse("queue:kiosk_ticket", args=[token, ticket.pk]) + f"?lang={language}")


def _kiosk_page(request: HttpRequest, hall: Any, language: str, fault: str) -> HttpResponse:
    choices = queries.choices_in(hall, request.GET.get("tim", ""), at=timezone.now())
    context = {"hall": hall, "choices": choices, "priorities": hall.priorities.filter(is_active=True), "fault": fault}
    context["books"] = any(line.slot_places for line, _waiting, _offerings in choices.lines)
    status = 422 if fault else 200
    return render(request, "queue/kiosk.html", context | {"language": language}, status=status)


def _kiosk_says(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return render(request, "queue/kiosk_closed.html", {"words": words}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def kiosk_ticket(request: HttpRequest, token: str, ticket_id: int) -> HttpResponse:
    """The number, large, until it is in somebody's hand: printed, on the phone, or remembered."""
    machine, language = queries.kiosk_by_token(token), LANGUAGES.get(request.GET.get("lang", ""), "vi")
    if machine is None or machine.revoked_at:
        raise Http404
    ticket = queries.ticket_of_kiosk(machine, ticket_id, at=timezone.now())
    with translation.override(language):
        fault = ""
        if request.method == "POST":
            try:
                _hand_over(ticket, request.POST.get("do", ""))
                return redirect(request.get_full_path())
            except (PrinterFault, Refused) as reason:
                fault = str(reason)
        context = _ticket_context(ticket) | {"token": token, "language": language, "fault": fault}
        return render(request, "queue/kiosk_ticket.html", context, status=422 if fault else 200)


def _hand_over(ticket: Any, how: str) -> None:
    at = timezone.now()
    if how == "print":
        hall = ticket.hall
        print_slip(slip_of(ticket), host=hall.printer_host, port=hall.printer_port)
        how = "printed"
    if ticket.handed_at and how in ("printed", "browser"):
        actions.reprint(ticket, at=at)
    elif how in ("printed", "browser", "spoken"):
        ways = {"printed": Handing.PRINTER, "browser": Handing.BROWSER, "spoken": Handing.SPOKEN}
        actions.hand_over(ticket, ways[how], at=at)
    elif how == "void":
        actions.void(ticket, at=at)


def slip_of(ticket: Any) -> Slip:
    place = queries.place_of(ticket, at=timezone.now())
    when = timezone.localtime(ticket.issued_at)
    lines = [ticket.line.shown_name, f"{when:%H:%M %d/%m/%Y}"]
    if place.ahead:
        lines.append(_("Trước ông/bà còn %(count)s người") % {"count": place.ahead})
    return Slip(heading=ticket.hall.unit.name, code=ticket.code, lines=lines, address=position_address(ticket))


def position_address(ticket: Any) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse('queue:position', args=[ticket.secret])}"


def _ticket_context(ticket: Any) -> dict[str, Any]:
    picture = b64encode(qr(position_address(ticket)).encode()).decode()
    place = queries.place_of(ticket, at=timezone.now())
    return {"ticket": ticket, "hall": ticket.hall, "picture": picture, "place": place}


# ---- the phone -------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def take(request: HttpRequest, hall_id: int) -> HttpResponse:
    """By the poster at the door (its code says so), or from home within the contingent for it."""
    hall = queries.hall_of_board(hall_id)
    at_door = request.GET.get("cua", "") == hall.door_code
    form = TakeForm(hall, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        source = Source.DOOR if at_door else Source.HOME
        try:
            return _taken_by_phone(request, form, source)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    choices = queries.choices_in(hall, request.GET.get("tim", ""), at=timezone.now())
    context = {"house": hall.unit, "hall": hall, "form": form, "choices": choices, "at_door": at_door}
    context |= {"held": _held(request), "priorities": hall.priorities.filter(is_active=True)}
    return render(request, "queue/take.html", context, status=422 if form.errors else 200)


def _taken_by_phone(request: HttpRequest, form: TakeForm, source: Source) -> HttpResponse:
    who = rate_limit.asker_of(request)
    if source == Source.HOME:
        if wait := rate_limit.seconds_to_wait(FROM_HOME, who):
            raise Refused(
                _("Nơi này vừa lấy nhiều số. Xin thử lại sau %(minutes)s phút.") % {"minutes": wait // 60 + 1}
            )
        rate_limit.count(FROM_HOME, who)
    chosen, at = form.cleaned_data, timezone.now()
    wish = Wish(source=source, priority=chosen["priority"], offering=chosen["offering"])
    ticket = actions.issue(chosen["line"], wish, at=at)
    actions.hand_over(ticket, Handing.PHONE, at=at)
    response = redirect("queue:position", ticket.secret)
    response.set_cookie(COOKIE, ticket.secret, max_age=A_DAY, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return response


def _held(request: HttpRequest) -> Any:
    """The number that this phone took today and that still waits, so that it is found again."""
    secret = request.COOKIES.get(COOKIE, "")
    return queries.ticket_still_here(secret, at=timezone.now()) if secret else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def position(request: HttpRequest, secret: str) -> HttpResponse:
    """The owner's page: how many before me, how long, what I may do. Opening it by the QR hands the number over."""
    ticket, at = queries.ticket_by_secret(secret), timezone.now()
    form = ContactForm(request.POST if request.POST.get("do") == "tell" else None)
    if request.method == "POST":
        if answer := _owner_does(ticket, request.POST.get("do", ""), form):
            return answer
    elif request.method == "GET" and ticket.state == "unconfirmed":
        ticket = actions.hand_over(ticket, Handing.PHONE, at=at)
    context = {"house": ticket.hall.unit, "ticket": ticket, "place": queries.place_of(ticket, at=at), "form": form}
    context["call"] = queries.last_call_of(ticket)
    return render(request, "queue/position.html", context, status=422 if form.errors else 200)


def _owner_does(ticket: Any, what: str, form: ContactForm) -> HttpResponse | None:
    """None: something was typed wrong."""
    at = timezone.now()
    if what == "cancel":
        actions.cancel(ticket, at=at)
    elif what == "rejoin":
        actions.rejoin(ticket, at=at)
    elif what == "tell":
        if not form.is_valid():
            return None
        actions.leave_contact(ticket, email=form.cleaned_data["email"], at=at)
    return redirect("queue:position", ticket.secret)
