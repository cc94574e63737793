"""A ticket from the press of a button until it is in somebody's hand; what its owner may do with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from thanthien.core.events import publish
from thanthien.core.numbering import next_number
from thanthien.core.writing import insert
from thanthien.queue import rules
from thanthien.queue.actions.log import write
from thanthien.queue.enums import EventKind, Handing, Source, TicketState
from thanthien.queue.events import TicketIssued
from thanthien.queue.models import Kiosk, Line, Priority, Ticket

NOT_TAKEN = (TicketState.VOID, TicketState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants a number for. `order_at` is their place when it is not the moment of asking."""

    source: Source
    priority: Priority | None = None
    kiosk: Kiosk | None = None
    offering: Any = None
    full_name: str = ""
    phone: str = ""
    email: str = ""
    order_at: datetime | None = None


@transaction.atomic
def issue(line: Line, wish: Wish, *, at: datetime) -> Ticket:
    """The next number of the line's band for this day. It counts once it was handed over (`hand_over`).

    `line` carries its hall and the hall's unit. The series' row is locked until the commit, so that a number that was
    not used in the end goes to the next one, and the contingent cannot be overdrawn by two at once.
    """
    rules.check_can_take_number(line, at=at)
    day = timezone.localdate(at)
    ticket = Ticket(
        hall=line.hall, line=line, day=day, source=wish.source, kiosk=wish.kiosk, offering=wish.offering,
        priority=wish.priority, rank=wish.priority.rank if wish.priority else 0, order_at=wish.order_at or at,
        issued_at=at, full_name=wish.full_name, phone=wish.phone, email=wish.email,
    )  # fmt: skip
    ticket.number = line.first_number - 1 + next_number(f"ticket:{line.pk}:{day:%Y%m%d}")
    rules.check_band(line, ticket.number)
    ticket.code = f"{line.letter} {ticket.number:03d}"
    if line.contingent is not None or wish.source == Source.HOME:
        taken = _taken(line, day)
        home = taken["home"] + (wish.source == Source.HOME)
        rules.check_contingent(line, wish.source, taken=taken["all"] + 1, taken_from_home=home)
    insert(ticket)
    write(EventKind.ISSUED, at=at, ticket=ticket, data={"source": wish.source, "order_at": ticket.order_at.isoformat()})
    publish(TicketIssued(ticket_id=ticket.pk))
    return ticket


def _taken(line: Line, day: Any) -> dict[str, int]:
    rows = Ticket.objects.filter(line=line, day=day).exclude(state__in=NOT_TAKEN)
    return rows.aggregate(all=Count("pk"), home=Count("pk", filter=Q(source=Source.HOME)))


def locked(ticket_id: int) -> Ticket:
    """The ticket with its line and hall, its row held until the commit."""
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("line", "hall__unit")
    return rows.get(pk=ticket_id)


@transaction.atomic
def hand_over(ticket: Ticket, how: Handing, *, at: datetime, by: Any = None) -> Ticket:
    """The printer confirmed, the phone shows it, or somebody read the number out: now it counts. Twice is once."""
    ticket = locked(ticket.pk)
    if ticket.handed_at:
        return ticket
    rules.check_unconfirmed(ticket)
    ticket.state, ticket.handed_at, ticket.handed_how = TicketState.WAITING, at, how
    ticket.prints += how in (Handing.PRINTER, Handing.BROWSER)
    ticket.save(update_fields=["state", "handed_at", "handed_how", "prints"])
    write(EventKind.HANDED, at=at, ticket=ticket, staff=by, data={"how": how})
    return ticket


@transaction.atomic
def reprint(ticket: Ticket, *, at: datetime, by: Any = None) -> Ticket:
    """One more slip with the same number, written down."""
    ticket = locked(ticket.pk)
    rules.check_can_reprint(ticket)
    ticket.prints += 1
    ticket.save(update_fields=["prints"])
    write(EventKind.REPRINTED, at=at, ticket=ticket, staff=by, data={"prints": ticket.prints})
    return ticket


@transaction.atomic
def void(ticket: Ticket, *, at: datetime) -> Ticket:
    """Nobody took the number: the series keeps it, nobody waits for it."""
    ticket = locked(ticket.pk)
    rules.check_unconfirmed(ticket)
    return _close(ticket, TicketState.VOID, EventKind.VOIDED, at=at)


@transaction.atomic
def cancel(ticket: Ticket, *, at: datetime) -> Ticket:
    """Its owner does not want to wait any longer."""
    ticket = locked(ticket.pk)
    rules.check_can_cancel(ticket)
    return _close(ticket, TicketState.CANCELLED, EventKind.CANCELLED, at=at)


def _close(ticket: Ticket, state: TicketState, kind: EventKind, *, at: datetime) -> Ticket:
    ticket.state, ticket.closed_at = state, at
    ticket.save(update_fields=["state", "closed_at"])
    write(kind, at=at, ticket=ticket)
    return ticket


@transaction.atomic
def rejoin(ticket: Ticket, *, at: datetime, by: Any = None) -> Ticket:
    """The same number waits again: behind those who wait now when it was missed, at its old place when put aside."""
    ticket = locked(ticket.pk)
    rules.check_can_rejoin(ticket, at=at)
    anew = ticket.state == TicketState.MISSED
    if anew:
        ticket.order_at, ticket.misses = at, 0
    ticket.state, ticket.closed_at = TicketState.WAITING, None
    ticket.save(update_fields=["state", "order_at", "misses", "closed_at"])
    write(EventKind.RESUMED, at=at, ticket=ticket, staff=by, data={"anew": anew})
    return ticket


@transaction.atomic
def leave_contact(ticket: Ticket, *, email: str, at: datetime) -> Ticket:
    """Where to tell that the turn is near."""
    ticket = locked(ticket.pk)
    rules.check_can_cancel(ticket)
    ticket.email, ticket.near_told_at = email, None
    ticket.save(update_fields=["email", "near_told_at"])
    return ticket
