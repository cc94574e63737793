"""One hall, line, kiosk, ticket or session, for those who may see it."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from thanthien.organisation.queries import office_of, office_units, units_managed_by
from thanthien.queue.models import Call, CounterSession, Hall, Kiosk, Line, Priority, Ticket


def halls_seen_by(staff: Any) -> QuerySet[Hall]:
    return Hall.objects.filter(unit__in=office_units(staff), is_active=True).select_related("unit")


def hall_seen_by(staff: Any, hall_id: int) -> Hall:
    return get_object_or_404(halls_seen_by(staff), pk=hall_id)


def halls_managed_by(staff: Any) -> QuerySet[Hall]:
    return Hall.objects.filter(unit__in=units_managed_by(staff)).select_related("unit")


def hall_managed_by(staff: Any, hall_id: int) -> Hall:
    return get_object_or_404(halls_managed_by(staff), pk=hall_id)


def new_hall(staff: Any) -> Hall:
    return Hall(unit=office_of(staff))


def halls_of_unit(unit: Any) -> QuerySet[Hall]:
    return Hall.objects.filter(unit=unit, is_active=True).select_related("unit").order_by("pk")


def ticket_of_kiosk(kiosk: Kiosk, ticket_id: int, *, at: datetime) -> Ticket:
    """Today's ticket that this machine issued."""
    rows = Ticket.objects.select_related("line", "hall__unit", "priority")
    return get_object_or_404(rows, pk=ticket_id, kiosk=kiosk, day=timezone.localdate(at))


def ticket_by_secret(secret: str) -> Ticket:
    rows = Ticket.objects.select_related("line", "hall__unit", "priority", "offering__procedure")
    return get_object_or_404(rows, secret=secret)


def ticket_in_hall(hall: Hall, ticket_id: int, *, at: datetime) -> Ticket:
    rows = Ticket.objects.filter(hall=hall, day=timezone.localdate(at)).select_related("line", "hall__unit", "priority")
    return get_object_or_404(rows, pk=ticket_id)


def current_call(session: CounterSession) -> Call | None:
    rows = Call.objects.filter(session=session, ended_at=None)
    return rows.select_related("ticket__line", "ticket__priority", "ticket__offering__procedure").first()


def aside(hall: Hall, *, at: datetime) -> QuerySet[Ticket]:
    """Today's numbers that were put aside or missed: an officer may call them again."""
    rows = Ticket.objects.filter(hall=hall, day=timezone.localdate(at))
    rows = rows.filter(Q(state="parked") | Q(state="missed"))
    return rows.select_related("line").order_by("pk")


def session_seen_by(staff: Any, session_id: int) -> CounterSession:
    rows = CounterSession.objects.filter(hall__unit__in=office_units(staff), closed_at=None)
    return get_object_or_404(rows, pk=session_id)


def ticket_seen_by(staff: Any, ticket_id: int) -> Ticket:
    rows = Ticket.objects.filter(hall__unit__in=office_units(staff)).select_related("line", "hall__unit")
    return get_object_or_404(rows, pk=ticket_id)


def ticket_still_here(secret: str, *, at: datetime) -> Ticket | None:
    """Today's ticket of this secret while it has not ended."""
    rows = Ticket.objects.filter(secret=secret, day=timezone.localdate(at), closed_at=None)
    return rows.select_related("line").first()


def last_call_of(ticket: Ticket) -> Call | None:
    return Call.objects.filter(ticket=ticket).select_related("session__staff").order_by("-pk").first()


def line_to_write(staff: Any, hall_id: int, line_id: int) -> Line:
    """A line of a hall that this person manages; 0: a new one with the next free letter."""
    hall = hall_managed_by(staff, hall_id)
    if line_id:
        return get_object_or_404(Line.objects.select_related("hall__unit"), hall=hall, pk=line_id)
    return new_line(hall)


def new_line(hall: Hall) -> Line:
    """To be filled in, with the next free letter."""
    used = set(hall.lines.values_list("letter", flat=True))
    letter = next((sign for sign in "ABCDEGHKLMNPQRSTUVXY" if sign not in used), "")
    return Line(hall=hall, letter=letter, position=len(used) + 1)


def priority_to_write(staff: Any, hall_id: int, priority_id: int) -> Priority:
    hall = hall_managed_by(staff, hall_id)
    if priority_id:
        return get_object_or_404(Priority.objects.select_related("hall__unit"), hall=hall, pk=priority_id)
    return Priority(hall=hall)


def kiosk_of(hall: Hall, kiosk_id: int) -> Kiosk:
    return get_object_or_404(Kiosk.objects.select_related("hall__unit"), hall=hall, pk=kiosk_id)
