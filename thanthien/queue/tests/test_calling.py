"""Calling: who comes next, what may happen to a number at the counter, three times apart."""

import pytest

from thanthien.core.rules import Refused
from thanthien.organisation.factories import CounterFactory
from thanthien.queue import actions
from thanthien.queue.enums import CallOutcome, EventKind, TicketState
from thanthien.queue.factories import HallFactory, LineFactory, PriorityFactory, a_session, a_ticket, an_officer, later
from thanthien.queue.models import Call, CounterSession, QueueEvent, Ticket
from thanthien.queue.queries import board_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    return LineFactory(letter="A")


@pytest.fixture
def counter(line):
    return At(a_session(line.hall, line))


class At:
    """A counter at which an officer does one thing after the other."""

    def __init__(self, session):
        self.session = session

    def __getattr__(self, deed):
        def do(*about, at, **more):
            return getattr(actions, deed)(self.session, *about, by=self.session.staff, at=later(at), **more)

        return do


def state_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).state


def test_the_first_by_rank_and_then_by_moment_is_called(line, counter):
    plain, second = a_ticket(line), a_ticket(line, at=later(1))
    urgent = a_ticket(line, at=later(2), priority=PriorityFactory(hall=line.hall))

    order = []
    for minute in (3, 4, 5):
        order.append(counter.call_next(at=minute).ticket)
        counter.start(at=minute)

    assert order == [urgent, plain, second]
    assert counter.call_next(at=6) is None
    assert state_of(second) == TicketState.DONE


def test_only_lines_that_the_counter_serves_are_called(line, counter):
    a_ticket(LineFactory(hall=line.hall, letter="B"))

    assert counter.call_next(at=1) is None


def test_another_halls_numbers_are_not_called(line, counter):
    a_ticket(LineFactory(hall=HallFactory(), letter="A"))

    assert counter.call_next(at=1) is None


def test_waiting_the_way_and_service_stand_apart(line, counter):
    a_ticket(line)
    counter.call_next(at=10)
    counter.start(at=12)
    counter.finish(at=20)

    call = Call.objects.get()

    assert (call.waiting_since, call.called_at, call.started_at, call.ended_at) == tuple(map(later, (0, 10, 12, 20)))
    assert call.outcome == CallOutcome.DONE


def test_whoever_finishes_without_noting_the_arrival_has_no_way(line, counter):
    a_ticket(line)
    counter.call_next(at=1)
    counter.finish(at=5)

    assert Call.objects.get().started_at == later(1)


def test_nobody_is_called_over_one_who_is_on_the_way(line, counter):
    a_ticket(line), a_ticket(line)
    counter.call_next(at=1)

    with pytest.raises(Refused, match="Số A 001 đang được mời đến quầy"):
        counter.call_next(at=2)


def test_a_recall_is_shown_again_and_counted(line, counter):
    a_ticket(line)
    counter.call_next(at=1)

    call = counter.recall(at=2)

    assert call.recalls == 1
    assert [event.kind for event in QueueEvent.objects.filter(kind__in=("called", "recalled"))] == [
        "called",
        "recalled",
    ]
    shown = board_state(line.hall, at=later(2))["calls"]
    assert [(one["code"], one["at"]) for one in shown] == [("A 001", later(2).isoformat())]


def test_a_number_that_is_not_there_waits_again_as_often_as_the_hall_says(line, counter):
    gone, patient = a_ticket(line), a_ticket(line)
    counter.call_next(at=1)
    counter.mark_missed(at=2)
    assert state_of(gone) == TicketState.WAITING

    assert counter.call_next(at=3).ticket == patient
    counter.finish(at=4)
    assert counter.call_next(at=5).ticket == gone
    counter.mark_missed(at=6)

    assert state_of(gone) == TicketState.MISSED
    assert [call.outcome for call in gone.calls.all()] == [CallOutcome.MISSED, CallOutcome.MISSED]


def test_somebody_at_the_counter_cannot_be_missed(line, counter):
    a_ticket(line)
    counter.call_next(at=1)
    counter.start(at=2)

    with pytest.raises(Refused, match="đã đến quầy rồi"):
        counter.mark_missed(at=3)


def test_what_is_put_aside_keeps_its_place(line, counter):
    first = a_ticket(line)
    a_ticket(line)
    counter.call_next(at=1)
    counter.start(at=1)
    counter.park(at=2)

    actions.rejoin(first, at=later(3))

    assert counter.call_next(at=4).ticket == first


def test_an_officer_calls_a_number_that_was_put_aside(line, counter):
    aside = a_ticket(line)
    a_ticket(line)
    counter.call_next(at=1)
    counter.park(at=2)

    assert counter.call_this(aside, at=3).ticket == aside


def test_a_finished_number_is_not_called_again(line, counter):
    ticket = a_ticket(line)
    counter.call_next(at=1)
    counter.finish(at=2)

    with pytest.raises(Refused, match="không ở trạng thái lỡ lượt"):
        counter.call_this(ticket, at=3)


def test_forwarding_to_a_counter_keeps_the_place_there_alone(line, counter):
    first, second = a_ticket(line), a_ticket(line, at=later(1))
    there = At(a_session(line.hall, line))
    counter.call_next(at=2)
    counter.forward(at=3, counter_number=there.session.counter_number)

    assert counter.call_next(at=4).ticket == second
    assert there.call_next(at=5).ticket == first


def test_forwarding_to_another_line_keeps_number_and_place(line, counter):
    other = LineFactory(hall=line.hall, letter="B")
    a_ticket(other, at=later(1))
    moved = a_ticket(line)
    counter.call_next(at=2)
    counter.forward(at=3, line=other)
    there = At(a_session(line.hall, other))

    call = there.call_next(at=4)

    assert (call.ticket, call.ticket.code, call.waiting_since) == (moved, "A 001", later(0))


def test_several_matters_of_one_visit_are_counted_apart(line, counter):
    a_ticket(line)
    counter.call_next(at=1)
    counter.start(at=2)
    counter.next_matter(at=6)
    counter.finish(at=9)

    spans = [(c.matter, c.started_at, c.ended_at) for c in Call.objects.all()]
    assert spans == [(1, later(2), later(6)), (2, later(6), later(9))]


@pytest.mark.parametrize("deed", ["recall", "start", "next_matter", "finish", "park", "mark_missed", "forward"])
def test_without_a_number_there_is_nothing_to_do(counter, deed):
    with pytest.raises(Refused, match="không phục vụ số nào"):
        getattr(counter, deed)(at=1)


def test_a_matter_more_needs_somebody_at_the_counter(line, counter):
    a_ticket(line)
    counter.call_next(at=1)

    with pytest.raises(Refused, match="chưa đến quầy"):
        counter.next_matter(at=2)


def test_nobody_calls_at_the_counter_of_another(line, counter):
    with pytest.raises(Refused, match="người khác phụ trách"):
        actions.call_next(counter.session, by=an_officer(line.hall), at=later(1))


def test_a_closed_counter_calls_nobody(line, counter):
    counter.close_counter(at=1)

    with pytest.raises(Refused, match="Quầy đã đóng"):
        counter.call_next(at=2)


def test_a_counter_with_somebody_at_it_is_not_closed(line, counter):
    a_ticket(line)
    counter.call_next(at=1)

    with pytest.raises(Refused, match="còn ở quầy"):
        counter.close_counter(at=2)


def test_a_counter_is_opened_by_one_officer_at_a_time(line, counter):
    place, by = counter.session.counter, an_officer(line.hall)

    with pytest.raises(Refused, match="đang do"):
        actions.open_counter(line.hall, place, [line], by=by, at=later(1))


def test_whoever_moves_to_another_counter_leaves_the_one_before(line, counter):
    place = CounterFactory(unit=line.hall.unit)

    session = actions.open_counter(line.hall, place, [], by=counter.session.staff, at=later(1))

    assert list(CounterSession.objects.filter(closed_at=None)) == [session]
    assert session.lines == [line.pk]


def test_a_stranger_a_leader_and_a_counter_that_rests_open_nothing(line):
    place, other = CounterFactory(unit=line.hall.unit), HallFactory()
    refusals = [
        (an_officer(other), place, "thuộc đơn vị khác"),
        (an_officer(line.hall, "leader"), place, "việc của cán bộ tại quầy"),
        (an_officer(line.hall), CounterFactory(unit=other.unit), "không thuộc sảnh"),
        (an_officer(line.hall), CounterFactory(unit=line.hall.unit, is_open=False), "không hoạt động"),
    ]

    for by, counter, words in refusals:
        with pytest.raises(Refused, match=words):
            actions.open_counter(line.hall, counter, [line], by=by, at=later(0))


def test_the_quiet_button_is_written_down_once_and_answered(line, counter):
    counter.call_for_help(at=1)
    counter.call_for_help(at=2)
    answered = actions.help_came(counter.session, by=an_officer(line.hall), at=later(3))

    kinds = QueueEvent.objects.filter(kind__startswith="emergency").values_list("kind", flat=True)
    assert (list(kinds), answered.help_at) == ([EventKind.EMERGENCY, EventKind.EMERGENCY_OVER], None)


def test_the_board_names_the_officer_only_where_the_unit_wants_it(line, counter):
    a_ticket(line), a_ticket(line)
    counter.call_next(at=1)
    counter.finish(at=1)
    line.hall.shows_officer = True
    line.hall.save()
    counter.call_next(at=2)

    names = [call["officer"] for call in board_state(line.hall, at=later(3))["calls"]]

    assert names == [counter.session.staff.full_name, ""]


def test_calling_costs_the_same_with_one_and_with_fifty_waiting(line, counter, django_assert_num_queries):
    for _ in range(50):
        a_ticket(line)

    for minute in (1, 2):
        if minute == 2:
            counter.finish(at=2)
        with django_assert_num_queries(CALL_STATEMENTS):
            counter.call_next(at=minute)


CALL_STATEMENTS = (
    9  # savepoint twice, session, open call, ticket, its change, call, event, does anybody wait to be told
)
