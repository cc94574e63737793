"""Halls, counters and people for tests, at the fixed hour of Monday 23/11/2026, 08:12."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from thanthien.organisation.enums import Role
from thanthien.organisation.factories import CounterFactory, StaffFactory, UnitFactory
from thanthien.queue import actions
from thanthien.queue.actions import Wish
from thanthien.queue.enums import Handing, Source

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 8, 12, tzinfo=ZONE)


def later(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


class HallFactory(DjangoModelFactory):
    class Meta:
        model = "queue.Hall"

    unit = factory.SubFactory(UnitFactory)
    name = "Sảnh chính"


class LineFactory(DjangoModelFactory):
    class Meta:
        model = "queue.Line"

    hall = factory.SubFactory(HallFactory)
    letter = factory.Sequence(lambda n: "ABCDEGHKLMNPQRSTUVXY"[n % 20] + str(n // 20 % 10 or ""))
    name = "Hộ tịch, chứng thực"


class TicketFactory(DjangoModelFactory):
    """A number as it may stand in the table at any hour; `a_ticket` takes one as people do."""

    class Meta:
        model = "queue.Ticket"

    line = factory.SubFactory(LineFactory)
    hall = factory.SelfAttribute("line.hall")
    day = MONDAY.date()
    number = factory.Sequence(lambda n: n + 1)
    code = factory.LazyAttribute(lambda ticket: f"{ticket.line.letter} {ticket.number:03d}")
    source = Source.KIOSK
    order_at = issued_at = MONDAY


class SessionFactory(DjangoModelFactory):
    """A counter as it may stand open at any hour; `a_session` opens one as officers do."""

    class Meta:
        model = "queue.CounterSession"

    hall = factory.SubFactory(HallFactory)
    staff = factory.SubFactory(StaffFactory)
    counter_number = factory.Sequence(lambda n: n % 90 + 1)
    opened_at = MONDAY


class CallFactory(DjangoModelFactory):
    class Meta:
        model = "queue.Call"

    ticket = factory.SubFactory(TicketFactory)
    line = factory.SelfAttribute("ticket.line")
    session = factory.SubFactory(SessionFactory, hall=factory.SelfAttribute("..ticket.hall"))
    waiting_since = called_at = MONDAY


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = "queue.Appointment"

    line = factory.SubFactory(LineFactory, slot_places=1)
    hall = factory.SelfAttribute("line.hall")
    slot_at = booked_at = MONDAY
    full_name = "Trần Thị Lan"
    phone = "+84912345678"


class PriorityFactory(DjangoModelFactory):
    class Meta:
        model = "queue.Priority"

    hall = factory.SubFactory(HallFactory)
    name = factory.Sequence(lambda n: f"Diện ưu tiên {n}")
    rank = 2


def a_ticket(line: Any, *, at: datetime = MONDAY, handed: Handing | None = Handing.PRINTER, **wish: Any) -> Any:
    """A number that was handed over (unless `handed=None`)."""
    ticket = actions.issue(line, Wish(**{"source": Source.KIOSK, **wish}), at=at)
    return actions.hand_over(ticket, handed, at=at) if handed else ticket


def an_officer(hall: Any, *roles: str, **facts: Any) -> Any:
    return StaffFactory(unit=hall.unit, roles=list(roles) or [Role.RECEPTION], password=None, **facts)


def a_session(hall: Any, *lines: Any, at: datetime = MONDAY, by: Any = None) -> Any:
    """A counter of the hall, opened by an officer of its own."""
    by = by or an_officer(hall)
    return actions.open_counter(hall, CounterFactory(unit=hall.unit), list(lines), by=by, at=at)
