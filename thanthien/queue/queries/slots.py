"""Which slots a line has, and what a change of the calendar does to those that were booked."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.organisation.queries import calendar_for
from thanthien.queue.enums import AppointmentState
from thanthien.queue.models import Appointment, Hall, Line
from thanthien.queue.queries.board import day_bounds

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
    """Those that still lie ahead, also the full ones."""
    start, end = day_bounds(day)
    booked = Appointment.objects.filter(line=line, slot_at__gte=start, slot_at__lt=end, state=AppointmentState.BOOKED)
    taken = Counter(timezone.localtime(moment) for moment in booked.values_list("slot_at", flat=True))
    ahead = [moment for moment in beginnings_on(line.hall, day) if moment > at]
    return [Slot(moment, max(0, line.slot_places - taken[moment])) for moment in ahead]


def next_free_slot(line: Line, after: datetime, *, at: datetime) -> datetime | None:
    """The first place in this line later than a moment, within the days that may be booked."""
    days = [day for day in days_of(line.hall, at=at) if day >= timezone.localdate(after)]
    slots = (slot for day in days for slot in slots_of(line, day, at=at))
    return next((slot.at for slot in slots if slot.left and slot.at > after), None)


def why_not_held(hall: Hall, moment: datetime) -> str:
    """Why the unit is closed then, in words that end a sentence."""
    calendar, day = calendar_for(hall.unit), timezone.localdate(moment)
    if calendar.is_working_day(day):
        return _("giờ làm việc thay đổi")
    return _("đơn vị nghỉ (%(name)s)") % {"name": calendar.why_closed(day)}


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


def hit_by_the_calendar(hall: Hall, *, at: datetime) -> list[Appointment]:
    """Booked appointments at a time when the unit is now closed: somebody must tell these people."""
    ahead = Appointment.objects.filter(hall=hall, slot_at__gte=at, state=AppointmentState.BOOKED).select_related("line")
    return [one for one in ahead if not _is_open(hall, timezone.localtime(one.slot_at))]


def _is_open(hall: Hall, moment: datetime) -> bool:
    hours = calendar_for(hall.unit).intervals_on(moment.date())
    return any(one.start <= moment.time() < one.end for one in hours)


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
