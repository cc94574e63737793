"""R5: fifty officers press "next" at once; owners leave the queue meanwhile; numbers are taken from all sides."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from thanthien.core.rules import Refused
from thanthien.queue import actions
from thanthien.queue.enums import TicketState
from thanthien.queue.factories import LineFactory, PriorityFactory, a_session, a_ticket, later
from thanthien.queue.models import Call, Ticket

pytestmark = [pytest.mark.hardening, pytest.mark.django_db(transaction=True)]
CALLERS, ROUNDS = 50, 3


@pytest.fixture
def line():
    return LineFactory(letter="A")


@pytest.fixture
def sessions(line):
    return [a_session(line.hall, line) for _ in range(CALLERS)]


def at_once(work, each):
    """Does the work with every one of these at the same moment, each in a thread with a connection of its own."""
    gate = Barrier(len(each))

    def one(thing):
        try:
            gate.wait(timeout=30)
            return work(thing)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(each)) as pool:
        return list(pool.map(one, each))


def test_fifty_callers_never_get_the_same_number_and_skip_none(line, sessions):
    urgent = PriorityFactory(hall=line.hall)
    tickets = [a_ticket(line, at=later(n / 60), priority=urgent if n % 7 == 3 else None) for n in range(160)]
    in_order = sorted(tickets, key=lambda ticket: (-ticket.rank, ticket.order_at))

    def press(session):
        call = actions.call_next(session, by=session.staff, at=later(10))
        actions.start(session, by=session.staff, at=later(10))
        return call.ticket

    for number in range(ROUNDS):
        called = at_once(press, sessions)
        expected = in_order[number * CALLERS : (number + 1) * CALLERS]
        assert sorted(ticket.pk for ticket in called) == sorted(ticket.pk for ticket in expected)
    assert Call.objects.count() == ROUNDS * CALLERS


def test_a_number_is_either_called_or_cancelled_by_its_owner(line, sessions):
    tickets = [a_ticket(line) for _ in range(CALLERS)]

    def either(thing):
        try:
            if isinstance(thing, Ticket):
                return "cancelled", actions.cancel(thing, at=later(1)).pk
            call = actions.call_next(thing, by=thing.staff, at=later(1))
            return "called", call and call.ticket_id
        except Refused:
            return "refused", None

    done = at_once(either, [*sessions[:25], *tickets[:25]])

    called, cancelled = ([pk for what, pk in done if what == kind and pk] for kind in ("called", "cancelled"))
    assert len(called) == 25 and not set(called) & set(cancelled)
    assert Ticket.objects.filter(state=TicketState.CANCELLED).count() == len(cancelled)


def test_the_same_officer_pressing_twice_calls_one(line, sessions):
    a_ticket(line), a_ticket(line)

    def press(session):
        try:
            return actions.call_next(session, by=session.staff, at=later(1)).ticket.code
        except Refused:
            return "refused"

    assert sorted(at_once(press, [sessions[0]] * 2)) == ["A 001", "refused"]


def test_numbers_taken_at_once_are_all_different_and_without_a_gap(line):
    numbers = at_once(lambda _: a_ticket(line).number, range(CALLERS))

    assert sorted(numbers) == list(range(1, CALLERS + 1))


def test_a_contingent_is_not_overdrawn(line):
    line.contingent = 10
    line.save()

    def take(_):
        try:
            return a_ticket(line).number
        except Refused:
            return None

    taken = [number for number in at_once(take, range(CALLERS)) if number]

    assert sorted(taken) == list(range(1, 11))
