from thanthien.queue.models.advice import StaffingAdvice
from thanthien.queue.models.appointment import Appointment
from thanthien.queue.models.hall import Hall, Kiosk, Line, LineCounter, Priority
from thanthien.queue.models.ticket import Call, CounterSession, QueueEvent, Ticket

__all__ = [
    "Appointment",
    "Call",
    "CounterSession",
    "Hall",
    "Kiosk",
    "Line",
    "LineCounter",
    "Priority",
    "QueueEvent",
    "StaffingAdvice",
    "Ticket",
]
