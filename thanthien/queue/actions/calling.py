"""What an officer does with the numbers at a counter."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from thanthien.core.events import publish
from thanthien.core.prepared import insert
from thanthien.queue import rules
from thanthien.queue.actions.log import show, write
from thanthien.queue.actions.tickets import locked
from thanthien.queue.enums import CallOutcome, EventKind, TicketState
from thanthien.queue.events import TicketCalled, TicketFinished
from thanthien.queue.models import Call, CounterSession, Ticket


@transaction.atomic
def call_next(session: CounterSession, *, by: Any, at: datetime) -> Call | None:
    """Calls whoever comes first of the lines that this counter serves; None when nobody waits.

    Whoever is being served is finished with it. Two officers never get the same number: each takes the first row that
    no other one holds.
    """
    session, current = _at(session, by=by)
    rules.check_may_call(current)
    if current:
        _end(current, CallOutcome.DONE, TicketState.DONE, EventKind.FINISHED, at=at)
    ticket = _first_waiting(session, at=at)
    return _call(ticket, session, at=at) if ticket else None


@transaction.atomic
def call_this(session: CounterSession, ticket: Ticket, *, by: Any, at: datetime) -> Call:
    """Calls a number that was put aside or missed, or that waits, out of its turn; written down like every call."""
    session, current = _at(session, by=by)
    rules.check_may_call(current)
    if current:
        _end(current, CallOutcome.DONE, TicketState.DONE, EventKind.FINISHED, at=at)
    ticket = locked(ticket.pk)
    if ticket.state != TicketState.WAITING:
        rules.check_can_rejoin(ticket, at=at)
    return _call(ticket, session, at=at)


def _at(session: CounterSession, *, by: Any) -> tuple[CounterSession, Call | None]:
    """The session, its row held so that a double press stands in line, and the call that is open there."""
    rows = CounterSession.objects.select_for_update(of=("self",)).select_related("hall", "staff")
    session = rows.get(pk=session.pk)
    rules.check_is_mine(session, by=by)
    return session, Call.objects.filter(session=session, ended_at=None).select_related("ticket__line").first()


def _first_waiting(session: CounterSession, *, at: datetime) -> Ticket | None:
    mine = Q(counter_number=None, line_id__in=session.lines) | Q(counter_number=session.counter_number)
    waiting = Ticket.objects.filter(
        mine, hall_id=session.hall_id, day=timezone.localdate(at), state=TicketState.WAITING
    )
    rows = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("line")
    return rows.order_by("-rank", "order_at", "pk").first()


def _call(ticket: Ticket, session: CounterSession, *, at: datetime) -> Call:
    since = max(ticket.order_at, ticket.handed_at or ticket.issued_at)
    ticket.state, ticket.counter_number, ticket.closed_at = TicketState.CALLED, None, None
    ticket.save(update_fields=["state", "counter_number", "closed_at"])
    call = Call(ticket=ticket, session=session, line=ticket.line, waiting_since=min(since, at), called_at=at)
    insert(call)
    show(EventKind.CALLED, ticket, session, at=at)
    publish(TicketCalled(ticket_id=ticket.pk, call_id=call.pk))
    return call


def _with_current(step: Callable[..., Any]) -> Callable[..., Call]:
    """Holds session and ticket, then does the step with the call that is open."""

    @wraps(step)
    @transaction.atomic
    def at_counter(session: CounterSession, *, by: Any, at: datetime, **more: Any) -> Call:
        session, current = _at(session, by=by)
        rules.check_is_served(current)
        assert current is not None
        current.ticket, current.session = locked(current.ticket_id), session
        step(current, at=at, **more)
        return current

    return at_counter


@_with_current
def recall(call: Call, *, at: datetime) -> None:
    """Calls the same number once more."""
    rules.check_not_started(call)
    call.recalls += 1
    call.save(update_fields=["recalls"])
    show(EventKind.RECALLED, call.ticket, call.session, at=at)


@_with_current
def start(call: Call, *, at: datetime) -> None:
    """The person stands at the counter: the way ends, service begins."""
    rules.check_not_started(call)
    call.started_at = at
    call.save(update_fields=["started_at"])
    call.ticket.state = TicketState.SERVING
    call.ticket.save(update_fields=["state"])
    write(EventKind.STARTED, at=at, ticket=call.ticket, session=call.session)


@_with_current
def next_matter(call: Call, *, at: datetime) -> None:
    """The same person has one more thing: its time is counted by itself, nobody waits anew."""
    rules.check_started(call)
    call.ended_at, call.outcome = at, CallOutcome.DONE
    call.save(update_fields=["ended_at", "outcome"])
    insert(Call(
        ticket=call.ticket, session=call.session, line=call.ticket.line, waiting_since=at, called_at=at, started_at=at,
        matter=call.matter + 1,
    ))  # fmt: skip
    write(EventKind.NEXT_MATTER, at=at, ticket=call.ticket, session=call.session)


@_with_current
def finish(call: Call, *, at: datetime) -> None:
    _end(call, CallOutcome.DONE, TicketState.DONE, EventKind.FINISHED, at=at)


@_with_current
def park(call: Call, *, at: datetime) -> None:
    """Put aside (something must be fetched or filled in): the place is kept."""
    _end(call, CallOutcome.PARKED, TicketState.PARKED, EventKind.PARKED, at=at)


@_with_current
def mark_missed(call: Call, *, at: datetime) -> None:
    """Nobody came. As often as the hall says the number waits again, behind those who wait now; then it has missed."""
    rules.check_not_started(call)
    ticket = call.ticket
    ticket.misses += 1
    again = ticket.misses < call.session.hall.times_called
    if again:
        ticket.order_at = at
    state = TicketState.WAITING if again else TicketState.MISSED
    _end(call, CallOutcome.MISSED, state, EventKind.MISSED, at=at, fields=["misses", "order_at"], data={"anew": again})


@_with_current
def forward(call: Call, *, at: datetime, counter_number: int | None = None, line: Any = None) -> None:
    """To one counter, or to another line; the person goes on waiting at the place that they had."""
    ticket, fields = call.ticket, ["counter_number"]
    ticket.counter_number = counter_number
    if line:
        ticket.line, fields = line, ["line", "counter_number"]
    data = {"counter": counter_number, "line": line.pk if line else None}
    _end(call, CallOutcome.FORWARDED, TicketState.WAITING, EventKind.FORWARDED, at=at, fields=fields, data=data)


def _end(call: Call, outcome: CallOutcome, state: TicketState, kind: EventKind, *, at: datetime, **more: Any) -> None:
    if call.started_at is None and outcome in (CallOutcome.DONE, CallOutcome.PARKED, CallOutcome.FORWARDED):
        call.started_at = call.called_at
    call.ended_at, call.outcome = at, outcome
    call.save(update_fields=["started_at", "ended_at", "outcome"])
    ticket, is_over = call.ticket, state in (TicketState.DONE, TicketState.MISSED)
    ticket.state, ticket.closed_at = state, at if is_over else None
    ticket.save(update_fields=["state", "closed_at", *more.get("fields", ())])
    write(kind, at=at, ticket=ticket, session=call.session, data=more.get("data"))
    if state == TicketState.DONE:
        publish(TicketFinished(ticket_id=ticket.pk))
