"""The menu of the office, with what waits behind each door."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.navigation import Entry, add
from thanthien.core.slots import fills, knows
from thanthien.office.queries import WATCHERS, due_while_away, is_watcher, summary_of
from thanthien.organisation.enums import Role
from thanthien.queue import queries as queue

PROMISES, LOOKING_BACK = _("Lời hứa với dân"), _("Nhìn lại")


def _waiting(name: str) -> Any:
    """How many; all doors together cost one statement a page."""
    return lambda staff: getattr(summary_of(staff, at=timezone.now()), name)


add(Entry(label=_("Việc của tôi"), url_name="office:desk", icon="check2-square", order=10, count=_waiting("work")))
add(
    Entry(
        label=_("Tiếp nhận hồ sơ"),
        url_name="dossiers:receive",
        icon="person-plus",
        order=20,
        roles=frozenset({Role.RECEPTION}),
        hands_on=True,
    )
)
add(
    Entry(
        label=_("Ký nhận, bàn giao"),
        url_name="office:hand_overs",
        icon="inbox",
        order=30,
        count=_waiting("to_sign"),
    )
)
add(
    Entry(
        label=_("Kết quả chờ trả"),
        url_name="office:waiting",
        icon="box-seam",
        order=40,
        roles=frozenset({Role.RECEPTION, Role.RETURN, Role.POSTAL}),
        count=_waiting("to_return"),
    )
)
add(
    Entry(
        label=_("Lời hứa"),
        url_name="office:promises",
        icon="calendar-check",
        group=PROMISES,
        order=110,
    )
)
add(
    Entry(
        label=_("Nợ lời xin lỗi"),
        url_name="dossiers:apologies",
        icon="envelope-paper",
        group=PROMISES,
        order=120,
        count=_waiting("owed"),
    )
)
add(
    Entry(
        label=_("Hồ sơ im lặng"),
        url_name="office:silence",
        icon="hourglass",
        group=PROMISES,
        order=130,
        roles=frozenset(WATCHERS),
        count=_waiting("forgotten"),
    )
)
add(Entry(label=_("Số liệu"), url_name="office:numbers", icon="bar-chart", group=LOOKING_BACK, order=210))


@fills("queue.counter")
def call_and_receive(request: HttpRequest, session: Any) -> str:
    """For who may receive: the number and its dossier in one press."""
    if Role.RECEPTION not in request.user.roles:
        return ""
    current = queue.current_call(session)
    return render_to_string("office/_call_and_receive.html", {"current": current}, request=request)


@fills("organisation.absences")
def dossiers_of_who_is_away(request: HttpRequest, absences: Any) -> str:
    """For those who answer for the office: what falls due while the officer who holds it is away."""
    found = due_while_away(absences) if is_watcher(request.user) else []
    return render_to_string("office/_due_while_away.html", {"found": found}, request=request) if found else ""


@fills("dossiers.counter")
def whom_i_serve(request: HttpRequest, subject: Any) -> str:
    """On the pages of receiving: the number that stands at the counter, and the way on."""
    call = _at_my_counter(request)
    return render_to_string("office/_serving.html", {"call": call}, request=request) if call else ""


@knows("dossiers.receive")
def who_stands_at_the_counter(request: HttpRequest, offering: Any) -> dict[str, Any]:
    call = _at_my_counter(request)
    if call is None:
        return {}
    ticket = call.ticket
    return {"full_name": ticket.full_name, "phone": ticket.phone, "email": ticket.email}


def _at_my_counter(request: HttpRequest) -> Any:
    """The call that is open at this person's counter; None for whoever sits at none."""
    session = queue.session_of(request.user)
    return queue.current_call(session) if session else None
