"""Which slots a line has, and what a change of the calendar does to those that were booked."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from thanthien.organisation.queries import calendar_for
from thanthien.queue.enums import AppointmentState
from thanthien.queue.models import Appointment, Hall, Line
from thanthien.queue.queries.board import day_bounds
from thanthien.queue.queries.capacity import Capacity, capacities_in, capacity_of, not_kept, why_not_kept

HORIZON = 60  # calendar days in which the working days ahead are looked for


@dataclass(frozen=True)
class Slot:
    """A beginning, and how many places are left in it."""

    at: datetime
    left: int


def days_of(hall: Hall, *, at: datetime) -> list[date]:
    """Today and so many working days ahead as the hall allows."""
    today, calendar = timezone.localdate(at), calendar_for(hall.unit)
    days = [today + timedelta(days=number) for number in range(HORIZON)]
    working = [day for day in days if calendar.is_working_day(day)]
    return working[: hall.days_ahead + (today in working)]


def beginnings_on(hall: Hall, day: date) -> list[datetime]:
    """The slots of a day: from each opening, as long as a whole one fits before closing."""
    zone, length = timezone.get_default_timezone(), timedelta(minutes=hall.slot_minutes)
    found = []
    for hours in calendar_for(hall.unit).intervals_on(day):
        moment, end = (datetime.combine(day, clock, zone) for clock in (hours.start, hours.end))
        while moment + length <= end:
            found.append(moment)
            moment += length
    return found


def slots_of(line: Line, day: date, *, at: datetime) -> list[Slot]:
    """Those that still lie ahead, also the full ones; none in which no counter is open."""
    return _slots(capacity_of(line, day, day), day, _taken(line, day, day), at=at)


def _taken(line: Line, first: date, last: date) -> Counter[datetime]:
    """How many booked each slot of these days."""
    start, end = day_bounds(first)[0], day_bounds(last)[1]
    booked = Appointment.objects.filter(line=line, slot_at__gte=start, slot_at__lt=end, state=AppointmentState.BOOKED)
    return Counter(timezone.localtime(moment) for moment in booked.values_list("slot_at", flat=True))


def _slots(capacity: Capacity, day: date, taken: Counter[datetime], *, at: datetime) -> list[Slot]:
    ahead = [moment for moment in beginnings_on(capacity.line.hall, day) if moment > at]
    places = {moment: capacity.places(moment) for moment in ahead if capacity.attended(moment)}
    return [Slot(moment, max(0, number - taken[moment])) for moment, number in places.items()]


def next_free_slot(line: Line, after: datetime, *, at: datetime) -> datetime | None:
    """The first place in this line later than a moment, within the days that may be booked."""
    days = [day for day in days_of(line.hall, at=at) if day >= timezone.localdate(after)]
    if not days:
        return None
    capacity, taken = capacity_of(line, days[0], days[-1]), _taken(line, days[0], days[-1])
    slots = (slot for day in days for slot in _slots(capacity, day, taken, at=at))
    return next((slot.at for slot in slots if slot.left and slot.at > after), None)


def lines_with_slots(hall: Hall) -> QuerySet[Line]:
    return hall.lines.filter(is_active=True, slot_places__gt=0)


def booked_by(hall: Hall, phone: str) -> int:
    return Appointment.objects.filter(hall=hall, phone=phone, state=AppointmentState.BOOKED).count()


def appointment_by_secret(secret: str) -> Appointment:
    rows = Appointment.objects.select_related("line", "hall__unit", "ticket", "offering__procedure")
    return get_object_or_404(rows, secret=secret)


def appointment_by_code(hall: Hall, code: str) -> Appointment | None:
    rows = Appointment.objects.filter(hall=hall, code=code.strip().upper(), state=AppointmentState.BOOKED)
    return rows.select_related("line", "hall__unit").first()


def appointments_of(hall: Hall, day: date) -> QuerySet[Appointment]:
    start, end = day_bounds(day)
    rows = Appointment.objects.filter(hall=hall, slot_at__gte=start, slot_at__lt=end)
    return rows.exclude(state=AppointmentState.CANCELLED).select_related("line", "ticket")


@dataclass(frozen=True)
class Hit:
    """An appointment that cannot be kept, and why in words that end a sentence."""

    appointment: Appointment
    why: str


def hit_by_the_calendar(hall: Hall, *, at: datetime) -> list[Hit]:
    """Booked appointments at a time when the unit is now closed, or when fewer counters are open and attended than
    people booked: somebody must tell these people."""
    ahead = Appointment.objects.filter(hall=hall, slot_at__gte=at, state=AppointmentState.BOOKED)
    booked: defaultdict[tuple[datetime, int], list[Appointment]] = defaultdict(list)
    for one in ahead.select_related("line").order_by("slot_at", "line__position", "pk"):
        booked[one.slot_at, one.line_id].append(one)
    if not booked:
        return []
    days = [timezone.localdate(moment) for moment, _line in booked]
    capacities = capacities_in(hall, min(days), max(days))
    found = [
        (one, capacities[line]) for (_at, line), held in booked.items() for one in not_kept(held, capacities[line])
    ]
    return [Hit(one, why_not_kept(one.slot_at, capacity)) for one, capacity in found]


def hits_in(halls: Iterable[Hall], *, at: datetime) -> list[tuple[Hall, int]]:
    """Those of these halls in which appointments cannot be kept, and how many."""
    counted = [(hall, len(hit_by_the_calendar(hall, at=at))) for hall in halls]
    return [(hall, number) for hall, number in counted if number]


def all_halls() -> QuerySet[Hall]:
    return Hall.objects.filter(is_active=True).select_related("unit")


def due_to_expire(*, at: datetime) -> list[Appointment]:
    rows = Appointment.objects.filter(state=AppointmentState.BOOKED, slot_at__lt=at).select_related("hall")
    return [one for one in rows if one.slot_at + timedelta(minutes=one.hall.expires_after) < at]


def due_to_remind(*, at: datetime) -> Any:
    """From a day before on, once; whoever booked within the last two hours still remembers."""
    tomorrow, lately = at + timedelta(days=1), at - timedelta(hours=2)
    rows = Appointment.objects.filter(state=AppointmentState.BOOKED, slot_at__gt=at, slot_at__lte=tomorrow)
    return rows.filter(reminded_at=None, booked_at__lt=lately).select_related("line", "hall__unit")


def line_that_books(hall: Hall, line_id: int) -> Line:
    """With its hall and unit, which are known already; 404 where no appointments are given."""
    line = get_object_or_404(lines_with_slots(hall), pk=line_id)
    line.hall = hall
    return line


def line_of_appointment(appointment: Appointment) -> Line:
    line = appointment.line
    line.hall = appointment.hall
    return line
