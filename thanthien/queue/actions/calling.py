"""What an officer does with the numbers at a counter."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import transaction

from thanthien.core.events import publish
from thanthien.core.writing import insert, update
from thanthien.queue import rules
from thanthien.queue.actions.log import noted, show, write
from thanthien.queue.actions.tickets import locked
from thanthien.queue.enums import CallOutcome, EventKind, TicketState
from thanthien.queue.events import TicketCalled, TicketFinished, TurnsCameNearer
from thanthien.queue.models import Call, CounterSession, QueueEvent, Ticket
from thanthien.queue.queries.hot import first_waiting, held_session, open_call, somebody_wants_to_know


@transaction.atomic
def call_next(session: CounterSession, *, by: Any, at: datetime) -> Call | None:
    """Calls whoever comes first of the lines that this counter serves; None when nobody waits.

    Whoever is being served is finished with it. Two officers never get the same number: each takes the first row that
    no other one holds.
    """
    session, current = _at(session, by=by)
    rules.check_may_call(current)
    ended = _ended(current, at=at)
    ticket = first_waiting(session, at=at)
    if ticket:
        return _call(ticket, session, at=at, before=ended)
    insert(*ended)
    return None


@transaction.atomic
def call_this(session: CounterSession, ticket: Ticket, *, by: Any, at: datetime) -> Call:
    """Calls a number that was put aside or missed, or that waits, out of its turn; written down like every call."""
    session, current = _at(session, by=by)
    rules.check_may_call(current)
    ended = _ended(current, at=at)
    ticket = locked(ticket.pk)
    if ticket.state != TicketState.WAITING:
        rules.check_can_rejoin(ticket, at=at)
    return _call(ticket, session, at=at, before=ended)


def _at(session: CounterSession, *, by: Any) -> tuple[CounterSession, Call | None]:
    """The session, its row held so that a double press stands in line, and the call that is open there."""
    session = held_session(session)
    rules.check_is_mine(session, by=by)
    return session, open_call(session)


def _ended(current: Call | None, *, at: datetime) -> list[QueueEvent]:
    """Whoever is being served is finished with; what is still to be written down about it."""
    if current is None:
        return []
    return [_end(current, CallOutcome.DONE, TicketState.DONE, EventKind.FINISHED, at=at)]


def _call(ticket: Ticket, session: CounterSession, *, at: datetime, before: Sequence[QueueEvent]) -> Call:
    since = max(ticket.order_at, ticket.handed_at or ticket.issued_at)
    ticket.state, ticket.counter_number, ticket.closed_at = TicketState.CALLED, None, None
    update(ticket, "state", "counter_number", "closed_at")
    call = Call(ticket=ticket, session=session, line=ticket.line, waiting_since=min(since, at), called_at=at)
    insert(call)
    show(EventKind.CALLED, ticket, session, at=at, before=before)
    publish(TicketCalled(ticket_id=ticket.pk, call_id=call.pk))
    if somebody_wants_to_know(session.hall_id, at=at):
        publish(TurnsCameNearer(hall_id=session.hall_id))
    return call


def _with_current(step: Callable[..., Any]) -> Callable[..., Call]:
    """Holds the session, then does the step with the call that is open."""

    @wraps(step)
    @transaction.atomic
    def at_counter(session: CounterSession, *, by: Any, at: datetime, **more: Any) -> Call:
        session, current = _at(session, by=by)
        rules.check_is_served(current)
        assert current is not None
        step(current, at=at, **more)
        return current

    return at_counter


@_with_current
def recall(call: Call, *, at: datetime) -> None:
    """Calls the same number once more."""
    rules.check_not_started(call)
    call.recalls += 1
    update(call, "recalls")
    show(EventKind.RECALLED, call.ticket, call.session, at=at)


@_with_current
def start(call: Call, *, at: datetime) -> None:
    """The person stands at the counter: the way ends, service begins."""
    rules.check_not_started(call)
    call.started_at = at
    update(call, "started_at")
    call.ticket.state = TicketState.SERVING
    update(call.ticket, "state")
    write(EventKind.STARTED, at=at, ticket=call.ticket, session=call.session)


@_with_current
def next_matter(call: Call, *, at: datetime) -> None:
    """The same person has one more thing: its time is counted by itself, nobody waits anew."""
    rules.check_started(call)
    call.ended_at, call.outcome = at, CallOutcome.DONE
    update(call, "ended_at", "outcome")
    insert(Call(
        ticket=call.ticket, session=call.session, line=call.ticket.line, waiting_since=at, called_at=at, started_at=at,
        matter=call.matter + 1,
    ))  # fmt: skip
    write(EventKind.NEXT_MATTER, at=at, ticket=call.ticket, session=call.session)


@_with_current
def finish(call: Call, *, at: datetime) -> None:
    insert(_end(call, CallOutcome.DONE, TicketState.DONE, EventKind.FINISHED, at=at))


@_with_current
def park(call: Call, *, at: datetime) -> None:
    """Put aside (something must be fetched or filled in): the place is kept."""
    insert(_end(call, CallOutcome.PARKED, TicketState.PARKED, EventKind.PARKED, at=at))


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
    more = {"fields": ["misses", "order_at"], "data": {"anew": again}}
    insert(_end(call, CallOutcome.MISSED, state, EventKind.MISSED, at=at, **more))


@_with_current
def forward(call: Call, *, at: datetime, counter_number: int | None = None, line: Any = None) -> None:
    """To one counter, or to another line; the person goes on waiting at the place that they had."""
    ticket, fields = call.ticket, ["counter_number"]
    ticket.counter_number = counter_number
    if line:
        ticket.line, fields = line, ["line", "counter_number"]
    data = {"counter": counter_number, "line": line.pk if line else None}
    more = {"fields": fields, "data": data}
    insert(_end(call, CallOutcome.FORWARDED, TicketState.WAITING, EventKind.FORWARDED, at=at, **more))


def _end(
    call: Call, outcome: CallOutcome, state: TicketState, kind: EventKind, *, at: datetime, **more: Any
) -> QueueEvent:
    """Ends it; what is still to be written down about it."""
    if call.started_at is None and outcome in (CallOutcome.DONE, CallOutcome.PARKED, CallOutcome.FORWARDED):
        call.started_at = call.called_at
    call.ended_at, call.outcome = at, outcome
    update(call, "started_at", "ended_at", "outcome")
    ticket, is_over = call.ticket, state in (TicketState.DONE, TicketState.MISSED)
    ticket.state, ticket.closed_at = state, at if is_over else None
    update(ticket, "state", "closed_at", *more.get("fields", ()))
    if state == TicketState.DONE:
        publish(TicketFinished(ticket_id=ticket.pk))
    return noted(kind, at=at, ticket=ticket, session=call.session, data=more.get("data"))
