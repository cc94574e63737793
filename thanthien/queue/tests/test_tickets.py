"""A number: when it is handed out, that it counts only in somebody's hand, what its owner may do."""

from datetime import datetime, timedelta

import pytest

from thanthien.core.rules import Refused
from thanthien.organisation.factories import HolidayFactory
from thanthien.queue import actions
from thanthien.queue.actions import Wish
from thanthien.queue.enums import EventKind, Handing, Source, TicketState
from thanthien.queue.factories import MONDAY, ZONE, LineFactory, PriorityFactory, a_session, a_ticket, later
from thanthien.queue.models import QueueEvent, Ticket
from thanthien.queue.queries import place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    return LineFactory(letter="A")


def test_numbers_count_from_one_each_day_in_each_line(line):
    other = LineFactory(hall=line.hall, letter="B", first_number=501, last_number=599)
    wednesday = MONDAY + timedelta(days=2)

    codes = [a_ticket(*wanted).code for wanted in [(line,), (line,), (other,)]]
    codes += [a_ticket(line, at=wednesday).code]

    assert codes == ["A 001", "A 002", "B 501", "A 001"]


def test_a_number_that_failed_goes_to_the_next(line):
    line.contingent = 1
    a_ticket(line)

    with pytest.raises(Refused):
        a_ticket(line)
    line.contingent = None

    assert a_ticket(line).number == 2


def test_a_ticket_counts_only_once_it_is_in_somebodys_hand(line):
    session = a_session(line.hall, line)
    ticket = a_ticket(line, handed=None)

    nobody = actions.call_next(session, by=session.staff, at=later(1))
    actions.hand_over(ticket, Handing.SPOKEN, at=later(2))
    called = actions.call_next(session, by=session.staff, at=later(3))

    assert (nobody, called.ticket) == (None, ticket)


def test_handing_over_twice_is_once(line):
    ticket = a_ticket(line, handed=Handing.PRINTER)

    again = actions.hand_over(ticket, Handing.SPOKEN, at=later(1))

    assert (again.handed_how, again.handed_at, again.prints) == (Handing.PRINTER, MONDAY, 1)
    assert QueueEvent.objects.filter(kind=EventKind.HANDED).count() == 1


def test_a_reprint_keeps_the_number_and_is_written_down(line):
    ticket = actions.reprint(a_ticket(line), at=later(1))

    assert (ticket.code, ticket.prints) == ("A 001", 2)
    assert QueueEvent.objects.get(kind=EventKind.REPRINTED).data == {"prints": 2}


def test_what_nobody_took_is_void_and_its_number_is_not_given_again(line):
    void = actions.void(a_ticket(line, handed=None), at=later(1))

    assert (void.state, a_ticket(line).number) == (TicketState.VOID, 2)


def test_a_handed_ticket_cannot_become_void(line):
    with pytest.raises(Refused, match="đã được trao"):
        actions.void(a_ticket(line), at=later(1))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 23, 6, 59, tzinfo=ZONE), "Chưa đến giờ lấy số. Máy bắt đầu cấp số lúc 07:00."),
        (datetime(2026, 11, 23, 17, 0, tzinfo=ZONE), "Hôm nay đã hết giờ nhận số"),
        (datetime(2026, 11, 22, 9, 0, tzinfo=ZONE), "Hôm nay đơn vị nghỉ"),
    ],
)
def test_outside_of_the_hours_the_reason_is_said(line, at, words):
    with pytest.raises(Refused, match=words):
        a_ticket(line, at=at)


def test_over_noon_numbers_are_handed_out_for_the_afternoon(line):
    assert a_ticket(line, at=datetime(2026, 11, 23, 12, 15, tzinfo=ZONE)).state == TicketState.WAITING


def test_on_a_holiday_no_number_is_given(line):
    HolidayFactory(unit=line.hall.unit, date=MONDAY.date())

    with pytest.raises(Refused, match="đơn vị nghỉ"):
        a_ticket(line)


def test_a_closed_line_gives_no_number(line):
    line.is_active = False

    with pytest.raises(Refused, match="hiện không nhận số"):
        a_ticket(line)


def test_a_contingent_that_is_used_up_is_said(line):
    line.contingent = 2
    a_ticket(line), a_ticket(line)

    with pytest.raises(Refused, match="đã nhận đủ 2 lượt"):
        a_ticket(line)


def test_a_cancelled_number_gives_its_place_in_the_contingent_back(line):
    line.contingent = 1
    actions.cancel(a_ticket(line), at=later(1))

    assert a_ticket(line).number == 2


def test_from_home_only_the_part_for_it_is_given(line):
    line.home_contingent = 1
    a_ticket(line, source=Source.HOME, handed=Handing.PHONE)

    with pytest.raises(Refused, match="lấy từ xa"):
        a_ticket(line, source=Source.HOME)
    assert a_ticket(line, source=Source.DOOR).number == 2


def test_past_the_band_no_number_is_made_up(line):
    line.last_number = 1
    a_ticket(line)

    with pytest.raises(Refused, match="đã cấp hết số"):
        a_ticket(line)


def test_its_owner_may_leave_the_queue_but_not_from_the_counter(line):
    first, second = a_ticket(line), a_ticket(line)
    session = a_session(line.hall, line)
    actions.call_next(session, by=session.staff, at=later(1))

    gone = actions.cancel(second, at=later(2))

    assert gone.state == TicketState.CANCELLED
    with pytest.raises(Refused, match="không còn trong hàng chờ"):
        actions.cancel(first, at=later(2))


def test_a_missed_number_comes_back_behind_those_who_wait(line):
    line.hall.times_called = 1
    line.hall.save()
    session, missed = a_session(line.hall, line), a_ticket(line)
    actions.call_next(session, by=session.staff, at=later(1))
    actions.mark_missed(session, by=session.staff, at=later(2))
    other = a_ticket(line, at=later(3))

    back = actions.rejoin(missed, at=later(4))

    assert (back.code, place_of(back, at=later(4)).ahead, place_of(other, at=later(4)).ahead) == ("A 001", 1, 0)


def test_a_waiting_number_need_not_come_back(line):
    with pytest.raises(Refused, match="không ở trạng thái lỡ lượt"):
        actions.rejoin(a_ticket(line), at=later(1))


def test_yesterdays_number_does_not_come_back(line):
    ticket = a_ticket(line)
    Ticket.objects.update(state=TicketState.MISSED)

    with pytest.raises(Refused, match="của ngày khác"):
        actions.rejoin(ticket, at=MONDAY + timedelta(days=2))


def test_who_has_priority_goes_first_and_is_told_why(line):
    first, elderly = a_ticket(line), PriorityFactory(hall=line.hall, name="Người từ đủ 75 tuổi")
    old = actions.issue(line, Wish(source=Source.KIOSK, priority=elderly), at=later(1))
    old = actions.hand_over(old, Handing.PRINTER, at=later(1))

    places = place_of(old, at=later(2)), place_of(first, at=later(2))

    assert [place.ahead for place in places] == [0, 1]
    assert places[0].reasons[-1] == "Ông/bà thuộc diện ưu tiên: Người từ đủ 75 tuổi."
    assert places[1].reasons[-1] == "Trong số người phía trước có 1 người thuộc diện ưu tiên."
