"""The officer's counter: call, and do what is to be done with the number."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanthien.core.idempotency import idempotent, idempotent_hot
from thanthien.organisation.queries import office_of
from thanthien.queue import actions, queries
from thanthien.queue.enums import Handing
from thanthien.queue.forms.counter import ForwardForm, OpenForm, TakeForForm
from thanthien.queue.rules import check_sees_help, check_serves


@login_required
@require_safe
def counter(request: HttpRequest) -> HttpResponse:
    """Whoever sits at no counter opens one first."""
    session = queries.session_of(request.user)
    if session is None:
        return _choose(request)
    page = queries.counter_page(session, at=timezone.now())
    form = ForwardForm(session.hall, [other for other in page.others if other.pk != session.pk])
    return render(request, "queue/counter.html", {"page": page, "session": session, "form": form})


def _choose(request: HttpRequest, form: OpenForm | None = None) -> HttpResponse:
    check_serves(by=request.user)
    hall = _hall(request)
    if hall:
        form = form or OpenForm(hall, counter_id=request.user.counter_id)  # type: ignore[union-attr]
    halls = queries.halls_of_unit(office_of(request.user))
    context = {"hall": hall, "halls": halls, "form": form}
    return render(request, "queue/open.html", context, status=422 if form and form.errors else 200)


def _hall(request: HttpRequest) -> Any:
    """The hall that was chosen, else the first of the office; None when it has none."""
    halls = queries.halls_of_unit(office_of(request.user))
    asked = request.POST.get("hall") or request.GET.get("hall", "")
    chosen = halls.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    return chosen or halls.first()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def open_counter(request: HttpRequest) -> HttpResponse:
    hall = _hall(request)
    if request.method != "POST" or hall is None:
        return _choose(request)
    form = OpenForm(hall, request.POST)
    if not form.is_valid():
        return _choose(request, form)
    chosen = form.cleaned_data
    actions.open_counter(hall, chosen["counter"], chosen["lines"], by=request.user, at=timezone.now())
    return redirect("queue:counter")


Deed = Callable[..., Any]
DEEDS: dict[str, Deed] = {
    "recall": actions.recall,
    "start": actions.start,
    "matter": actions.next_matter,
    "finish": actions.finish,
    "park": actions.park,
    "missed": actions.mark_missed,
    "help": actions.call_for_help,
    "no_help": actions.take_help_back,
    "close": actions.close_counter,
}


@login_required
@require_POST
@idempotent_hot
def act(request: HttpRequest) -> HttpResponse:
    """One of the buttons."""
    session, at = queries.session_of(request.user), timezone.now()
    if session is None:
        return redirect("queue:counter")
    what = request.POST.get("do", "")
    if what == "next":
        if actions.call_next(session, by=request.user, at=at) is None:
            messages.info(request, _("Không còn ai chờ ở quầy này. Cảm ơn ông/bà."))
    elif deed := DEEDS.get(what):
        deed(session, by=request.user, at=at)
    return redirect(_back(request) if what == "start" else "queue:counter")


def _back(request: HttpRequest) -> str:
    """The page on this site where "has come" was pressed, else the counter."""
    asked = request.POST.get("next", "")
    return asked if asked and url_has_allowed_host_and_scheme(asked, None) else "queue:counter"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def take_for(request: HttpRequest) -> HttpResponse:
    """An officer takes a number for somebody, reads it out, and may write down who it is."""
    check_serves(by=request.user)
    hall = _hall(request)
    if hall is None:
        return redirect("queue:counter")
    form = TakeForForm(hall, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        ticket = actions.issue(form.cleaned_data["line"], form.wish(), at=at)
        actions.hand_over(ticket, Handing.SPOKEN, at=at, by=request.user)
        messages.success(request, _("Đã lấy số %(code)s. Xin đọc số cho người dân.") % {"code": ticket.code})
        return redirect("queue:take_for")
    return render(request, "queue/take_for.html", {"form": form, "hall": hall}, status=422 if form.errors else 200)


@login_required
@require_POST
@idempotent
def call_ticket(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """A number that was put aside or missed."""
    session, at = queries.session_of(request.user), timezone.now()
    if session:
        ticket = queries.ticket_in_hall(session.hall, ticket_id, at=at)
        actions.call_this(session, ticket, by=request.user, at=at)
    return redirect("queue:counter")


@login_required
@require_POST
@idempotent
def forward(request: HttpRequest) -> HttpResponse:
    session = queries.session_of(request.user)
    if session is None:
        return redirect("queue:counter")
    page = queries.counter_page(session, at=timezone.now())
    form = ForwardForm(session.hall, [other for other in page.others if other.pk != session.pk], request.POST)
    if not form.is_valid():
        return render(request, "queue/counter.html", {"page": page, "session": session, "form": form}, status=422)
    actions.forward(session, by=request.user, at=timezone.now(), **form.where())
    return redirect("queue:counter")


@login_required
@require_POST
@idempotent
def help_came(request: HttpRequest, session_id: int) -> HttpResponse:
    session = queries.session_seen_by(request.user, session_id)
    actions.help_came(session, by=request.user, at=timezone.now())
    return redirect("queue:help")


@login_required
@require_safe
def help_wanted(request: HttpRequest) -> HttpResponse:
    """Which counters need somebody. Every office page of those who lead asks for the part that stands in its head."""
    check_sees_help(by=request.user)
    if request.headers.get("HX-Request"):
        return render(request, "queue/_help.html", {"wanted": queries.help_in_office(request.user)})
    return render(request, "queue/help.html", {"page": queries.help_page(request.user, at=timezone.now())})


@login_required
@require_safe
def slip(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """The second slip: it travels with the papers."""
    ticket = queries.ticket_seen_by(request.user, ticket_id)
    return render(request, "queue/slip.html", {"ticket": ticket, "call": queries.last_call_of(ticket)})
