"""Booking a place in a slot, moving and giving it up, and taking one's number on the day."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from thanthien.notifications.actions import Facts, Notice, tell
from thanthien.notifications.enums import Situation
from thanthien.queue import rules
from thanthien.queue.actions.log import write
from thanthien.queue.actions.tickets import Wish, issue
from thanthien.queue.enums import AppointmentState, EventKind, Source
from thanthien.queue.models import Appointment, Kiosk, Line, Ticket
from thanthien.queue.queries.slots import (
    booked_by,
    days_of,
    due_to_expire,
    due_to_remind,
    hit_by_the_calendar,
    next_free_slot,
    slots_of,
)


@dataclass(frozen=True, kw_only=True)
class Booking:
    full_name: str
    phone: str
    email: str = ""
    offering: Any = None


@transaction.atomic
def book(line: Line, slot_at: datetime, booking: Booking, *, at: datetime) -> Appointment:
    """A place in this slot. The line's row is held, so that the last place is given once."""
    _check_slot(line, slot_at, at=at)
    rules.check_may_book(line.hall, booked_by(line.hall, booking.phone))
    appointment = Appointment.objects.create(hall=line.hall, line=line, slot_at=slot_at, booked_at=at, **vars(booking))
    _tell(appointment, Situation.BOOKED, occasion="0", at=at)
    return appointment


def _check_slot(line: Line, slot_at: datetime, *, at: datetime) -> None:
    Line.objects.select_for_update().get(pk=line.pk)
    rules.check_line_books(line)
    day = timezone.localdate(slot_at)
    offered = slots_of(line, day, at=at) if day in days_of(line.hall, at=at) else []
    rules.check_slot(next((slot.left for slot in offered if slot.at == slot_at), None))


@transaction.atomic
def move(appointment: Appointment, slot_at: datetime, *, at: datetime) -> Appointment:
    """Another slot of the same line; the code stays."""
    appointment = _locked(appointment)
    rules.check_is_booked(appointment)
    _check_slot(appointment.line, slot_at, at=at)
    appointment.slot_at, appointment.reminded_at, appointment.moves = slot_at, None, appointment.moves + 1
    appointment.save(update_fields=["slot_at", "reminded_at", "moves"])
    _tell(appointment, Situation.BOOKED, occasion=str(appointment.moves), at=at)
    return appointment


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, at: datetime) -> Appointment:
    appointment = _locked(appointment)
    rules.check_is_booked(appointment)
    appointment.state, appointment.closed_at = AppointmentState.CANCELLED, at
    appointment.save(update_fields=["state", "closed_at"])
    return appointment


@dataclass(frozen=True)
class Rebooked:
    """How many were moved, and how many were cancelled since no place was left."""

    moved: int
    cancelled: int


@transaction.atomic
def rebook_hit(hall: Any, *, by: Any, at: datetime) -> Rebooked:
    """Everybody whose appointment can no longer be kept (the unit is closed then, a counter changed its hours, its
    officer is away) gets the next free place of the same line or, where there is none within the days that may be
    booked, loses it; each is told why and asked for pardon."""
    rules.check_can_rebook(hall, by=by)
    moved = [_rebook(_locked(hit.appointment), hit.why, by=by, at=at) for hit in hit_by_the_calendar(hall, at=at)]
    return Rebooked(moved.count(True), moved.count(False))


def _rebook(appointment: Appointment, why: str, *, by: Any, at: datetime) -> bool | None:
    """Whether it was moved; None: its owner gave it up meanwhile."""
    if appointment.state != AppointmentState.BOOKED:
        return None
    line, before = Line.objects.select_for_update().get(pk=appointment.line_id), appointment.slot_at
    line.hall = appointment.hall
    slot_at = next_free_slot(line, before, at=at)
    if slot_at:
        appointment.slot_at, appointment.reminded_at, appointment.moves = slot_at, None, appointment.moves + 1
    else:
        appointment.state, appointment.closed_at = AppointmentState.CANCELLED, at
    appointment.save(update_fields=["slot_at", "reminded_at", "moves", "state", "closed_at"])
    data = {"appointment": appointment.pk, "from": before.isoformat(), "to": slot_at.isoformat() if slot_at else ""}
    write(EventKind.REBOOKED, at=at, hall_id=appointment.hall_id, staff=by, data=data)
    changed = {"due_at": before, "finished_at": slot_at, "reason": why}
    _tell(appointment, Situation.BOOKING_CHANGED, occasion=before.isoformat(), at=at, **changed)
    return slot_at is not None


@transaction.atomic
def check_in(appointment: Appointment, *, kiosk: Kiosk | None = None, at: datetime) -> Ticket:
    """The person is there: a number whose place counts from a little before the slot, so that who has an appointment is
    called at about its time, between those who came without one."""
    appointment = _locked(appointment)
    rules.check_can_check_in(appointment, at=at)
    place = appointment.slot_at - timedelta(minutes=appointment.hall.head_start)
    wish = Wish(
        source=Source.APPOINTMENT, kiosk=kiosk, offering=appointment.offering, full_name=appointment.full_name,
        phone=appointment.phone, email=appointment.email, order_at=place,
    )  # fmt: skip
    ticket = issue(appointment.line, wish, at=at)
    appointment.state, appointment.ticket, appointment.closed_at = AppointmentState.CAME, ticket, at
    appointment.save(update_fields=["state", "ticket", "closed_at"])
    return ticket


def _locked(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("line", "hall__unit", "offering")
    found = rows.get(pk=appointment.pk)
    found.line.hall = found.hall
    return found


@transaction.atomic
def expire_appointments(*, at: datetime) -> int:
    """Whoever has not come so long after the slot gives the place up."""
    keys = [one.pk for one in due_to_expire(at=at)]
    late = Appointment.objects.filter(pk__in=keys, state=AppointmentState.BOOKED)
    return late.update(state=AppointmentState.EXPIRED, closed_at=at)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """The day before; told once, however often this runs."""
    due = list(due_to_remind(at=at))
    for appointment in due:
        _tell(appointment, Situation.BOOKING_SOON, occasion=str(appointment.moves), at=at)
        appointment.reminded_at = at
        appointment.save(update_fields=["reminded_at"])
    return len(due)


def _tell(appointment: Appointment, situation: Situation, *, occasion: str, at: datetime, **changed: Any) -> None:
    """`changed`: facts that are not those of the appointment as it stands."""
    hall = appointment.hall
    facts = Facts(
        name=appointment.full_name, code=appointment.code, procedure=appointment.line.name, due_at=appointment.slot_at,
        place=hall.name, desk=hall.unit.desk_name, unit=hall.unit.name,
        link=f"{settings.SITE_URL.rstrip('/')}{reverse('queue:appointment', args=[appointment.secret])}",
    )  # fmt: skip
    facts = replace(facts, **changed)
    notice = Notice(
        subject=appointment.subject, unit_code=hall.unit.code, situation=situation, facts=facts, occasion=occasion,
        phone=appointment.phone, email=appointment.email,
        expires_at=appointment.slot_at,
    )  # fmt: skip
    tell(notice, at=at)
